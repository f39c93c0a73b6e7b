// What a quantity costs by a table of bands.
//
//   bands: to 10 at 10 + 2 flat, beyond at 5 + 3 flat
//   GraduatedPrice(11) == 10 * 10 + 2 + 1 * 5 + 3 == 110    each band its own part
//   VolumePrice(11)    == 11 * 5 + 3 == 58                  the band that holds it, all of it
//
// A band's lower bound is exclusive, its upper inclusive. At quantity zero the first band's flat
// fee is charged, and nothing else. A volume table need not be monotone; IsMonotone lets a price
// book warn when it is saved. Amounts are exact, in major units: rounding is the document line's.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "libs/money/decimal.h"
#include "libs/result/result.h"

namespace continuo::money {

struct PriceBand {
  std::optional<Decimal> up_to;    // none: without end; only the last band
  Decimal unit_price;              // for each unit, or each started package
  Decimal flat_fee;                // once, when the band is reached
  std::optional<Decimal> package;  // units of a package; none: single units, fractions included
};

// The part of a price that one band contributed, for the waterfall and the invoice's detail.
struct BandPrice {
  std::size_t band;
  Decimal quantity;
  Ratio amount;
};

// What a band asks for its part of a quantity. Units are charged as they are, packages from the moment
// that they are started.
Ratio BandAmount(Decimal part, const PriceBand& band);
Failure QuantityOutsideBands(Decimal quantity);

// Ascending bounds above zero, only the last one open, positive packages, or a fault that names the
// band.
Result<void> ValidateBands(std::span<const PriceBand> bands);

// A fault when the quantity is negative or above the last band's end. The bands are valid.
Result<BandPrice> VolumePrice(Decimal quantity, std::span<const PriceBand> bands);
Result<std::vector<BandPrice>> GraduatedPrices(Decimal quantity, std::span<const PriceBand> bands);
Result<Ratio> GraduatedPrice(Decimal quantity, std::span<const PriceBand> bands);

// The same without keeping the parts: takes each band that is reached, with its part and what that
// costs.
template <class Take>
Result<void> ForEachBand(Decimal quantity, std::span<const PriceBand> bands, Take take) {
  if (quantity.Sign() < 0) return QuantityOutsideBands(quantity);
  Decimal lower;
  for (const PriceBand& band : bands) {
    const bool last = !band.up_to || quantity <= *band.up_to;
    const Decimal part = (last ? quantity : *band.up_to) - lower;
    take(band, part, BandAmount(part, band));
    if (last) return {};
    lower = *band.up_to;
  }
  return QuantityOutsideBands(quantity);
}

// Whether a greater quantity never costs less by VolumePrice.
bool IsMonotone(std::span<const PriceBand> bands);

}  // namespace continuo::money
