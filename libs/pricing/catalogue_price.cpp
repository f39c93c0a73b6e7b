#include "libs/pricing/catalogue_price.h"

namespace continuo::pricing {
namespace {

using money::Decimal;
using money::PriceBand;
using money::Ratio;

Detail AtPrice(Decimal quantity, Decimal unit_price) {
  return {.pattern = "% at %", .figures = {quantity, unit_price}};
}

std::string FromBook(const std::string& code) {
  return code.empty() ? "" : "price book " + code + ": ";
}

// Without packages this is the band's unit price.
Ratio AverageUnitPrice(Decimal quantity, const Ratio& amount, const Ratio& flat_fee,
                       const PriceBand& last) {
  if (quantity.IsZero()) return last.unit_price;
  return (amount - flat_fee) / quantity.ToRatio();
}

// A way of pricing for each model, and its steps for who wants them.
struct Pricing {
  Decimal quantity;
  const PriceTable& table;
  const Ratio& others;
  Waterfall* way;

  Price Flat() const {
    const Ratio amount = quantity * table.unit_price;
    if (way) List(AtPrice(quantity, table.unit_price), amount);
    return {.list_unit_price = table.unit_price, .unit_price = table.unit_price, .amount = amount};
  }

  Result<Price> Package() const {
    const PriceBand band{.unit_price = table.unit_price, .package = table.package};
    ASSIGN_OR_RETURN(const money::BandPrice packages, money::VolumePrice(quantity, {&band, 1}));
    if (way) {
      List({.pattern = "% in packages of % at %",
            .figures = {quantity, table.package, table.unit_price}},
           packages.amount);
    }
    return Price{.list_unit_price = table.unit_price,
                 .unit_price = AverageUnitPrice(quantity, packages.amount, 0, band),
                 .amount = packages.amount};
  }

  Result<Price> Percentage() const {
    const Ratio rate = money::Percent(table.percent);
    ASSIGN_OR_RETURN(const Decimal list, money::RoundToDecimal(rate, Decimal::kPlaces));
    const Ratio amount = quantity.ToRatio() * rate;
    if (way) List({.pattern = "% %% of %", .figures = {table.percent, quantity}}, amount);
    return Price{.list_unit_price = list, .unit_price = rate, .amount = amount};
  }

  Result<Price> PercentageOfLines() const {
    const Ratio unit_price = others * money::Percent(table.percent);
    ASSIGN_OR_RETURN(const Decimal list, money::RoundToDecimal(unit_price, Decimal::kPlaces));
    const Ratio amount = quantity.ToRatio() * unit_price;
    if (way) {
      way->To("covered_lines", {.pattern = "what the covered lines cost"}, others);
      List({.pattern = "% times % %% of it", .figures = {quantity, table.percent}}, amount);
    }
    return Price{.list_unit_price = list, .unit_price = unit_price, .amount = amount};
  }

  Result<Price> Graduated() const {
    Price price;
    const PriceBand* last = nullptr;
    Detail detail;
    RETURN_IF_FAULT(money::ForEachBand(
        quantity, table.bands, [&](const PriceBand& band, Decimal part, const Ratio& amount) {
          price.amount += amount;
          if (!band.flat_fee.IsZero()) price.flat_fee += band.flat_fee;
          if (way) detail.bands.push_back({part, band});
          last = &band;
        }));
    price.list_unit_price = last->unit_price;
    price.unit_price = AverageUnitPrice(quantity, price.amount, price.flat_fee, *last);
    if (way) {
      AtFirstBand();
      way->To("band", std::move(detail), price.amount);
    }
    return price;
  }

  Result<Price> Volume() const {
    ASSIGN_OR_RETURN(const money::BandPrice found, money::VolumePrice(quantity, table.bands));
    const PriceBand& band = table.bands[found.band];
    if (way) {
      AtFirstBand();
      way->To("band", {.bands = {{quantity, band}}}, found.amount);
    }
    return Price{.list_unit_price = band.unit_price,
                 .unit_price = AverageUnitPrice(quantity, found.amount, band.flat_fee, band),
                 .flat_fee = band.flat_fee,
                 .amount = found.amount};
  }

  void AtFirstBand() const {
    const Decimal first = table.bands.front().unit_price;
    List(AtPrice(quantity, first), quantity * first);
  }

  void List(Detail detail, const Ratio& amount) const {
    detail.code = FromBook(table.price_book);
    way->To("list", std::move(detail), amount);
  }

  void ApplyLevel(const ServiceLevelFactor& level, Price* price) const {
    if (level.unit_price) {
      *price = {.list_unit_price = *level.unit_price,
                .unit_price = *level.unit_price,
                .amount = quantity * *level.unit_price};
      if (!way) return;
      way->To("service_level",
              {.pattern = ", % at %",
               .figures = {quantity, *level.unit_price},
               .code = FromBook(level.price_book) + level.code},
              price->amount);
      return;
    }
    const Ratio factor = level.factor.ToRatio();
    price->unit_price *= factor;
    price->amount = (price->amount - price->flat_fee) * factor + price->flat_fee;
    if (!way) return;
    way->To("service_level",
            {.pattern = ", unit price times %", .figures = {level.factor}, .code = level.code},
            price->amount);
  }

  void ApplyLimits(Price* price) const {
    const auto to = [&](std::string_view step, std::string_view pattern, Decimal limit) {
      price->flat_fee += limit.ToRatio() - price->amount;
      price->amount = limit;
      if (way) way->To(step, {.pattern = pattern, .figures = {limit}}, limit);
    };
    if (table.minimum && price->amount < table.minimum->ToRatio()) {
      return to("minimum", "at least %", *table.minimum);
    }
    if (table.maximum && price->amount > table.maximum->ToRatio()) {
      to("maximum", "at most %", *table.maximum);
    }
  }

  Result<Price> ByTable() const {
    switch (table.model) {
      case Model::kFlat:
        return Flat();
      case Model::kVolume:
        return Volume();
      case Model::kGraduated:
        return Graduated();
      case Model::kPackage:
        return Package();
      case Model::kPercentage:
        return Percentage();
      case Model::kPercentageOfLines:
        return PercentageOfLines();
    }
    __builtin_unreachable();
  }
};

}  // namespace

Result<Price> CataloguePrice(Decimal quantity, const PriceTable& table,
                             const std::optional<ServiceLevelFactor>& level, const Ratio& others,
                             Waterfall* way) {
  if (quantity.Sign() < 0) {
    return Invalid("/quantity", "OUT_OF_RANGE", "A quantity is zero or more.");
  }
  const Pricing pricing{quantity, table, others, way};
  ASSIGN_OR_RETURN(Price price, pricing.ByTable());
  if (level) pricing.ApplyLevel(*level, &price);
  pricing.ApplyLimits(&price);
  return price;
}

}  // namespace continuo::pricing
