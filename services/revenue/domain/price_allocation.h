// The transaction price over a contract's obligations, in proportion to what each sells for alone.
//
//   AllocatePrice(80.00 EUR, {20.00, 30.00, 40.00})  amounts == {17.78, 26.67, 35.55}
//
// Every step is kept, so that the amount can be explained years later. The standalone selling
// prices are those of the contract's inception; finding them, residual approaches and variable
// consideration are not decided here.
#pragma once

#include <span>
#include <vector>

#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::revenue::domain {

struct AllocationStep {
  money::Money standalone;
  money::Ratio share;  // of the sum of all standalone prices
  money::Ratio exact;  // in major units
  money::Money amount;
};

// In the order given. A fault when a standalone price is negative, or none is positive.
Result<std::vector<AllocationStep>> AllocatePrice(money::Money price,
                                                  std::span<const money::Money> standalone);

}  // namespace continuo::revenue::domain
