#include "services/revenue/domain/price_allocation.h"

#include "libs/money/allocation.h"

namespace continuo::revenue::domain {

using money::Money;
using money::Ratio;

Result<std::vector<AllocationStep>> AllocatePrice(Money price, std::span<const Money> standalone) {
  for (const Money& alone : standalone) {
    if (alone.Sign() < 0) {
      return Invalid("/standalone", "OUT_OF_RANGE", "A standalone selling price is negative.");
    }
  }
  ASSIGN_OR_RETURN(const Money total, money::Sum(standalone, price.currency()));
  if (total.IsZero()) {
    return Invalid("/standalone", "OUT_OF_RANGE", "No standalone selling price is positive.");
  }
  ASSIGN_OR_RETURN(const auto amounts, money::Allocate(price, standalone));
  std::vector<AllocationStep> steps;
  for (size_t i = 0; i < standalone.size(); ++i) {
    const Ratio share = Ratio::Of(standalone[i].minor(), total.minor());
    steps.push_back({standalone[i], share, price.ToRatio() * share, amounts[i]});
  }
  return steps;
}

}  // namespace continuo::revenue::domain
