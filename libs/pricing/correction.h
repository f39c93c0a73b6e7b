// What is billed when a quantity turns out different from the one that was billed, and what is
// missing to an agreed minimum.
//
//   to 15 at 10, beyond at 5; 15 are billed, 16 were used:
//     Correct(..., kReverseAndRebook)   -15 at 10 = -150, 16 at 5 = 80
//     Correct(..., kDifference)         one line of -70 for the quantity of 1
//   Shortfall(1000, 100, 0) == 900
//
// A table of bands may make the whole quantity cheaper, so a difference has no unit price of its
// own: reversing and booking anew is what can be explained on a document. Nothing is rounded here.
#pragma once

#include <optional>
#include <vector>

#include "libs/pricing/catalogue_price.h"

namespace continuo::pricing {

enum class Correction { kReverseAndRebook, kDifference };

struct CorrectionLine {
  money::Decimal quantity;
  std::optional<money::Decimal> unit_price;  // none: a difference
  money::Ratio amount;
};

// Nothing when the quantities are equal. A fault when a quantity has no price.
Result<std::vector<CorrectionLine>> Correct(money::Decimal billed, money::Decimal actual,
                                            const PriceTable& table, Correction correction);

// What is still to bill so that `minimum` is reached; never below zero.
money::Ratio Shortfall(const money::Ratio& minimum, const money::Ratio& billed,
                       const money::Ratio& now);

}  // namespace continuo::pricing
