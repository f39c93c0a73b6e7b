// What a price becomes when a contract is renewed.
//
//   20.00 raised by 3 %, capped at 2 %: 20.40
//
// The contractual price is raised, once for the new term, and kept to eight places: it is rounded on
// the document line only.
#pragma once

#include <optional>

#include "libs/money/decimal.h"
#include "libs/result/result.h"

namespace continuo::quoting::domain {

struct Raise {
  money::Decimal percent;  // below zero: it falls
  std::optional<money::Decimal> cap_percent;
  std::optional<money::Decimal> floor_percent;
};

money::Decimal AppliedPercent(const Raise& raise);
Result<money::Decimal> RaisedPrice(money::Decimal price, const Raise& raise);

}  // namespace continuo::quoting::domain
