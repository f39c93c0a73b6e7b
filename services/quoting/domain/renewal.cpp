#include "services/quoting/domain/renewal.h"

#include <algorithm>

namespace continuo::quoting::domain {

using money::Decimal;
using money::Ratio;

Decimal AppliedPercent(const Raise& raise) {
  Decimal percent = raise.percent;
  if (raise.floor_percent) percent = std::max(percent, *raise.floor_percent);
  if (raise.cap_percent) percent = std::min(percent, *raise.cap_percent);
  return percent;
}

Result<Decimal> RaisedPrice(Decimal price, const Raise& raise) {
  const Ratio factor = Ratio(1) + AppliedPercent(raise).ToRatio() / Ratio(100);
  return money::RoundToDecimal(price.ToRatio() * factor, Decimal::kPlaces);
}

}  // namespace continuo::quoting::domain
