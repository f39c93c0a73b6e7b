// Splitting an amount without losing or making a cent: the parts always sum to the whole.
//
//   Allocate(10.00 EUR, {1, 1, 1})                         == {3.34, 3.33, 3.33}
//   Split(100.00 EUR, {22, 28, 15}, kCumulative)           == {33.85, 43.07, 23.08}
//   Split(100.00 EUR, {22, 28, 15}, kLastTakesRemainder)   == {33.85, 43.08, 23.07}
//
// Allocate is for things that exist side by side (lines under a header discount, obligations of a
// contract); Split for things that follow each other in time (a straight-line schedule), where each
// date's total so far must be right. Weights are not negative: what should be allocated over
// credits and debits alike has to be decided by the caller. When every weight is zero only a zero
// amount can be split.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::money {

// Largest remainder: each share is floored, the units left go one each to the largest fractions,
// ties to the earlier. A negative total is allocated as its absolute value.
Result<std::vector<Money>> Allocate(Money total, std::span<const Ratio> weights);
Result<std::vector<Money>> Allocate(Money total, std::span<const Decimal> weights);
// In proportion to amounts of one currency, which need not be the total's.
Result<std::vector<Money>> Allocate(Money total, std::span<const Money> weights);

// Two lawful answers, a policy frozen on the document it shaped.
enum class SplitPolicy {
  kCumulative,          // part i = round(total so far) - round(total before): the default
  kLastTakesRemainder,  // each part rounded by itself, the last takes what is left
};

Result<std::vector<Money>> Split(Money total, std::span<const Ratio> weights,
                                 SplitPolicy policy = SplitPolicy::kCumulative,
                                 Rounding rounding = Rounding::kHalfUp);
Result<std::vector<Money>> SplitEvenly(Money total, std::size_t parts,
                                       SplitPolicy policy = SplitPolicy::kCumulative,
                                       Rounding rounding = Rounding::kHalfUp);

}  // namespace continuo::money
