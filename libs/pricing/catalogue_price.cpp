#include "libs/pricing/catalogue_price.h"

namespace continuo::pricing {
namespace {

using money::Decimal;
using money::PriceBand;
using money::Ratio;

std::string AtPrice(Decimal quantity, Decimal unit_price) {
  return quantity.ToString() + " at " + unit_price.ToString();
}

std::string BandDetail(Decimal quantity, const PriceBand& band) {
  std::string detail = AtPrice(quantity, band.unit_price);
  if (band.up_to) detail += ", band to " + band.up_to->ToString();
  if (!band.up_to) detail += ", last band";
  if (!band.flat_fee.IsZero()) detail += ", flat fee " + band.flat_fee.ToString();
  return detail;
}

Price FlatPrice(Decimal quantity, Decimal unit_price) {
  return {.list_unit_price = unit_price,
          .unit_price = unit_price,
          .waterfall = Waterfall("list", AtPrice(quantity, unit_price), quantity * unit_price)};
}

// Without packages this is the band's unit price.
Ratio AverageUnitPrice(Decimal quantity, const Ratio& amount, Decimal flat_fee,
                       const PriceBand& last) {
  if (quantity.IsZero()) return last.unit_price;
  return (amount - flat_fee.ToRatio()) / quantity.ToRatio();
}

Result<Price> GraduatedPrice(Decimal quantity, const std::vector<PriceBand>& bands) {
  ASSIGN_OR_RETURN(const auto parts, money::GraduatedPrices(quantity, bands));
  const Decimal first = bands.front().unit_price;
  Price price{.waterfall = Waterfall("list", AtPrice(quantity, first), quantity * first)};
  Ratio amount;
  std::string detail;
  for (const money::BandPrice& part : parts) {
    const PriceBand& band = bands[part.band];
    amount += part.amount;
    price.flat_fee += band.flat_fee;
    price.list_unit_price = band.unit_price;
    if (!detail.empty()) detail += "; ";
    detail += BandDetail(part.quantity, band);
  }
  price.unit_price = AverageUnitPrice(quantity, amount, price.flat_fee, bands[parts.back().band]);
  price.waterfall.To("band", detail, amount);
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
  price.waterfall.To("band", BandDetail(quantity, band), band_price.amount);
  return price;
}

void ApplyServiceLevel(const ServiceLevelFactor& level, Decimal quantity, Price* price) {
  price->unit_price = price->unit_price * level.factor.ToRatio();
  price->waterfall.To("service_level",
                      level.code + ", unit price times " + level.factor.ToString(),
                      quantity.ToRatio() * price->unit_price + price->flat_fee.ToRatio());
}

}  // namespace

Result<Price> CataloguePrice(Decimal quantity, const PriceTable& table,
                             const std::optional<ServiceLevelFactor>& level) {
  if (quantity.Sign() < 0) {
    return Invalid("/quantity", "OUT_OF_RANGE", "A quantity is zero or more.");
  }
  Price price;
  if (table.model == Model::kFlat) price = FlatPrice(quantity, table.unit_price);
  if (table.model == Model::kVolume) {
    ASSIGN_OR_RETURN(price, VolumePrice(quantity, table.bands));
  }
  if (table.model == Model::kGraduated) {
    ASSIGN_OR_RETURN(price, GraduatedPrice(quantity, table.bands));
  }
  if (level) ApplyServiceLevel(*level, quantity, &price);
  return price;
}

}  // namespace continuo::pricing
