// A price that follows an index, or a fixed rate.
//
//   P' = P * (1 + min(cap, max(floor, change + margin)))
//   1000.00 at 105.65, readings 110.5 and 114.25: 1045.91, 1081.40, by the base and by the chain
//
// Base compares each reading with the base and raises the first price; chain compares it with the
// reading before and raises the price before. What is carried from one to the next stays unrounded
// unless the contract says that the printed price counts: otherwise base and chain would differ by
// cents. Finding the reading (series, lag, vintage) is not decided here.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "libs/money/decimal.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::contracts::domain {

enum class CarriedPrice { kExact, kRounded };

struct IndexationRules {
  money::Decimal margin_percent;                // added to the change, not compounded with it
  std::optional<money::Decimal> cap_percent;    // not below the floor
  std::optional<money::Decimal> floor_percent;
  std::optional<int> change_places;  // the change in percent is rounded to these; none: exact
  CarriedPrice carried = CarriedPrice::kExact;
  money::Rounding rounding = money::Rounding::kHalfUp;
};

struct IndexedPrice {
  money::Ratio change_percent;   // with the margin, before cap and floor
  money::Ratio applied_percent;
  money::Ratio exact;            // in major units
  money::Money price;
};

// `times` prices, each raised by the rate over the one before.
Result<std::vector<IndexedPrice>> IndexFixed(money::Money price, money::Decimal percent, int times,
                                             const IndexationRules& rules);
// One price for each reading. The base and the readings are above zero.
Result<std::vector<IndexedPrice>> IndexOnBase(money::Money price, money::Decimal base,
                                              std::span<const money::Decimal> readings,
                                              const IndexationRules& rules);
Result<std::vector<IndexedPrice>> IndexInChain(money::Money price, money::Decimal base,
                                               std::span<const money::Decimal> readings,
                                               const IndexationRules& rules);

}  // namespace continuo::contracts::domain
