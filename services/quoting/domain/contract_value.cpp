#include "services/quoting/domain/contract_value.h"

#include <algorithm>

namespace continuo::quoting::domain {

using money::Ratio;

Result<money::Money> AnnualContractValue(std::span<const ValuedLine> lines,
                                         money::Currency currency) {
  Ratio yearly;
  for (const ValuedLine& line : lines) {
    if (!line.recurrence) continue;
    const Ratio years = TermMonths(*line.recurrence) / 12;
    yearly += line.term_total.ToRatio() / std::max(years, Ratio(1));
  }
  return money::Round(yearly, currency);
}

}  // namespace continuo::quoting::domain
