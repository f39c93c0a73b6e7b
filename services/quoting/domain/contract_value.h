// The sums that people argue about, each by the definition that the trade uses.
//
//   TCV  total contract value: everything over the whole term, one-off and recurring. It is the
//        quote's term_total.
//   MRR  monthly recurring revenue: recurring lines, each normalised to a month, nothing one-off. It
//        is the quote's monthly total.
//   ACV  annual contract value: what the recurring lines are worth in an average year.
//          2,000 a month for 36 months and 2,500 once: TCV 74,500, MRR 2,000, ACV 24,000
//          2,000 a month for 6 months: ACV 12,000, the whole of it; a year is not made up
//
// Every line is divided by its own term, so lines of one year and of three may stand together. The
// segments of a ramp follow each other: they are one line, and their terms add up.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "libs/money/money.h"
#include "libs/result/result.h"
#include "services/quoting/domain/recurrence.h"

namespace continuo::quoting::domain {

struct ValuedLine {
  money::Money term_total;
  std::optional<Recurrence> recurrence;  // none: one-off
  std::string ramp_id;                   // the same on the segments of one ramp; "": no ramp
};

Result<money::Money> AnnualContractValue(std::span<const ValuedLine> lines,
                                         money::Currency currency);

}  // namespace continuo::quoting::domain
