#include "libs/money/price_bands.h"

#include <cassert>

namespace continuo::money {
namespace {

Failure BandIsWrong(std::size_t band, std::string code, std::string detail) {
  return Invalid("/" + std::to_string(band), std::move(code),
                 "Band " + std::to_string(band + 1) + " " + std::move(detail));
}

Ratio UnitsPrice(Decimal quantity, const PriceBand& band) {
  if (!band.package) return quantity * band.unit_price;
  const __int128 packages =
      (quantity.scaled() + band.package->scaled() - 1) / band.package->scaled();
  return Ratio::Of(packages, 1) * band.unit_price;
}

bool Holds(const PriceBand& band, Decimal quantity) {
  return !band.up_to || quantity <= *band.up_to;
}

}  // namespace

Failure QuantityOutsideBands(Decimal quantity) {
  return FailedPrecondition("QUANTITY_OUTSIDE_BANDS",
                            "The price has no band for a quantity of " + quantity.ToString() +
                                ". Add a band or change the quantity.",
                            {{"quantity", quantity.ToString()}});
}

Ratio BandAmount(Decimal part, const PriceBand& band) {
  const Ratio units = UnitsPrice(part, band);
  return band.flat_fee.IsZero() ? units : units + band.flat_fee;
}

Result<void> ValidateBands(std::span<const PriceBand> bands) {
  if (bands.empty()) return Invalid("", "REQUIRED", "A price by bands needs at least one band.");
  Decimal lower;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const PriceBand& band = bands[i];
    if (!band.up_to && i + 1 < bands.size()) {
      return BandIsWrong(i, "OPEN_BAND", "has no end. Only the last band may be open.");
    }
    if (band.up_to && *band.up_to <= lower) {
      return BandIsWrong(i, "BANDS_NOT_ASCENDING", "must end above " + lower.ToString() + ".");
    }
    if (band.package && band.package->Sign() <= 0) {
      return BandIsWrong(i, "NOT_POSITIVE", "needs a package of more than zero units.");
    }
    if (band.up_to) lower = *band.up_to;
  }
  return {};
}

Result<BandPrice> VolumePrice(Decimal quantity, std::span<const PriceBand> bands) {
  if (quantity.Sign() < 0) return QuantityOutsideBands(quantity);
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (!Holds(bands[i], quantity)) continue;
    return BandPrice{i, quantity, UnitsPrice(quantity, bands[i]) + bands[i].flat_fee};
  }
  return QuantityOutsideBands(quantity);
}

Result<std::vector<BandPrice>> GraduatedPrices(Decimal quantity, std::span<const PriceBand> bands) {
  std::vector<BandPrice> prices;
  const auto keep = [&](const PriceBand& band, Decimal part, const Ratio& amount) {
    prices.push_back({static_cast<std::size_t>(&band - bands.data()), part, amount});
  };
  RETURN_IF_FAULT(ForEachBand(quantity, bands, keep));
  return prices;
}

Result<Ratio> GraduatedPrice(Decimal quantity, std::span<const PriceBand> bands) {
  Ratio sum;
  const auto add = [&](const PriceBand&, Decimal, const Ratio& amount) { sum += amount; };
  RETURN_IF_FAULT(ForEachBand(quantity, bands, add));
  return sum;
}

bool IsMonotone(std::span<const PriceBand> bands) {
  for (const PriceBand& band : bands) {
    if (band.unit_price.Sign() < 0) return false;
  }
  for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
    // The price falls, if at all, just above a band's end.
    const Decimal end = *bands[i].up_to;
    const Decimal above = end + Decimal::FromScaled(1);
    const Ratio before = UnitsPrice(end, bands[i]) + bands[i].flat_fee;
    const Ratio after = bands[i + 1].package
                            ? UnitsPrice(above, bands[i + 1]) + bands[i + 1].flat_fee
                            : end * bands[i + 1].unit_price + bands[i + 1].flat_fee;
    if (after < before) return false;
  }
  return true;
}

}  // namespace continuo::money
