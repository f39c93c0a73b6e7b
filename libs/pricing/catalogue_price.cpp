#include "libs/pricing/catalogue_price.h"

namespace continuo::pricing {
namespace {

using money::Decimal;
using money::PriceBand;
using money::Ratio;

Detail AtPrice(Decimal quantity, Decimal unit_price) {
  return {.pattern = "% at %", .figures = {quantity, unit_price}};
}

Price FlatPrice(Decimal quantity, Decimal unit_price) {
  return {.list_unit_price = unit_price,
          .unit_price = unit_price,
          .waterfall = Waterfall("list", AtPrice(quantity, unit_price), quantity * unit_price)};
}

// Without packages this is the band's unit price.
Ratio AverageUnitPrice(Decimal quantity, const Ratio& amount, const Ratio& flat_fee,
                       const PriceBand& last) {
  if (quantity.IsZero()) return last.unit_price;
  return (amount - flat_fee) / quantity.ToRatio();
}

Result<Price> PackagePrice(Decimal quantity, const PriceTable& table) {
  const PriceBand band{.unit_price = table.unit_price, .package = table.package};
  ASSIGN_OR_RETURN(const money::BandPrice packages, money::VolumePrice(quantity, {&band, 1}));
  Detail detail{.pattern = "% in packages of % at %",
                .figures = {quantity, table.package, table.unit_price}};
  return Price{.list_unit_price = table.unit_price,
               .unit_price = AverageUnitPrice(quantity, packages.amount, 0, band),
               .waterfall = Waterfall("list", std::move(detail), packages.amount)};
}

Result<Price> PercentagePrice(Decimal quantity, Decimal percent) {
  const Ratio rate = money::Percent(percent);
  ASSIGN_OR_RETURN(const Decimal list, money::RoundToDecimal(rate, Decimal::kPlaces));
  return Price{.list_unit_price = list,
               .unit_price = rate,
               .waterfall = Waterfall("list", {.pattern = "% %% of %", .figures = {percent, quantity}},
                                      quantity.ToRatio() * rate)};
}

Result<Price> PercentageOfLinesPrice(Decimal quantity, Decimal percent, const Ratio& others) {
  const Ratio unit_price = others * money::Percent(percent);
  ASSIGN_OR_RETURN(const Decimal list, money::RoundToDecimal(unit_price, Decimal::kPlaces));
  Price price{.list_unit_price = list, .unit_price = unit_price};
  price.waterfall.To("covered_lines", {.pattern = "what the covered lines cost"}, others);
  price.waterfall.To("list", {.pattern = "% times % %% of it", .figures = {quantity, percent}},
                     quantity.ToRatio() * unit_price);
  return price;
}

Result<Price> GraduatedPrice(Decimal quantity, const std::vector<PriceBand>& bands) {
  ASSIGN_OR_RETURN(const auto parts, money::GraduatedPrices(quantity, bands));
  const Decimal first = bands.front().unit_price;
  Price price{.waterfall = Waterfall("list", AtPrice(quantity, first), quantity * first)};
  Ratio amount;
  Detail detail;
  detail.bands.reserve(parts.size());
  for (const money::BandPrice& part : parts) {
    const PriceBand& band = bands[part.band];
    amount += part.amount;
    if (!band.flat_fee.IsZero()) price.flat_fee += band.flat_fee;
    detail.bands.push_back({part.quantity, band});
  }
  const PriceBand& last = bands[parts.back().band];
  price.list_unit_price = last.unit_price;
  price.unit_price = AverageUnitPrice(quantity, amount, price.flat_fee, last);
  price.waterfall.To("band", std::move(detail), amount);
  return price;
}

Result<Price> VolumePrice(Decimal quantity, const std::vector<PriceBand>& bands) {
  ASSIGN_OR_RETURN(const money::BandPrice band_price, money::VolumePrice(quantity, bands));
  const PriceBand& band = bands[band_price.band];
  const Decimal first = bands.front().unit_price;
  Price price{.list_unit_price = band.unit_price,
              .unit_price = AverageUnitPrice(quantity, band_price.amount, band.flat_fee, band),
              .flat_fee = band.flat_fee,
              .waterfall = Waterfall("list", AtPrice(quantity, first), quantity * first)};
  price.waterfall.To("band", {.bands = {{quantity, band}}}, band_price.amount);
  return price;
}

void ApplyServiceLevel(const ServiceLevelFactor& level, Decimal quantity, Price* price) {
  if (level.unit_price) {
    price->list_unit_price = *level.unit_price;
    price->unit_price = *level.unit_price;
    price->flat_fee = 0;
    price->waterfall.To("service_level",
                        {.pattern = ", % at %",
                         .figures = {quantity, *level.unit_price},
                         .code = level.code},
                        quantity * *level.unit_price);
    return;
  }
  price->unit_price = price->unit_price * level.factor.ToRatio();
  price->waterfall.To("service_level",
                      {.pattern = ", unit price times %",
                       .figures = {level.factor},
                       .code = level.code},
                      quantity.ToRatio() * price->unit_price + price->flat_fee);
}

void ApplyLimits(const PriceTable& table, Price* price) {
  const Ratio amount = price->waterfall.amount();
  const auto to = [&](std::string_view step, std::string_view pattern, Decimal limit) {
    price->flat_fee += limit.ToRatio() - amount;
    price->waterfall.To(step, {.pattern = pattern, .figures = {limit}}, limit);
  };
  if (table.minimum && amount < table.minimum->ToRatio()) {
    return to("minimum", "at least %", *table.minimum);
  }
  if (table.maximum && amount > table.maximum->ToRatio()) {
    to("maximum", "at most %", *table.maximum);
  }
}

Result<Price> TablePrice(Decimal quantity, const PriceTable& table, const Ratio& others) {
  switch (table.model) {
    case Model::kFlat:
      return FlatPrice(quantity, table.unit_price);
    case Model::kVolume:
      return VolumePrice(quantity, table.bands);
    case Model::kGraduated:
      return GraduatedPrice(quantity, table.bands);
    case Model::kPackage:
      return PackagePrice(quantity, table);
    case Model::kPercentage:
      return PercentagePrice(quantity, table.percent);
    case Model::kPercentageOfLines:
      return PercentageOfLinesPrice(quantity, table.percent, others);
  }
  __builtin_unreachable();
}

}  // namespace

Result<Price> CataloguePrice(Decimal quantity, const PriceTable& table,
                             const std::optional<ServiceLevelFactor>& level, const Ratio& others) {
  if (quantity.Sign() < 0) {
    return Invalid("/quantity", "OUT_OF_RANGE", "A quantity is zero or more.");
  }
  ASSIGN_OR_RETURN(Price price, TablePrice(quantity, table, others));
  if (level) ApplyServiceLevel(*level, quantity, &price);
  ApplyLimits(table, &price);
  return price;
}

}  // namespace continuo::pricing
