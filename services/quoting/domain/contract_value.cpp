#include "services/quoting/domain/contract_value.h"

#include <algorithm>
#include <map>

namespace continuo::quoting::domain {

using money::Ratio;

Result<money::Money> AnnualContractValue(std::span<const ValuedLine> lines,
                                         money::Currency currency) {
  struct Sale {
    Ratio total, months;
  };
  std::map<std::string, Sale> ramps;
  Ratio yearly;
  const auto add = [&](const Sale& sale) {
    yearly += sale.total / std::max(sale.months / 12, Ratio(1));
  };
  for (const ValuedLine& line : lines) {
    if (!line.recurrence) continue;
    const Sale sale{line.term_total.ToRatio(), TermMonths(*line.recurrence)};
    if (line.ramp_id.empty()) {
      add(sale);
      continue;
    }
    Sale& ramp = ramps[line.ramp_id];
    ramp.total += sale.total;
    ramp.months += sale.months;
  }
  for (const auto& [id, ramp] : ramps) add(ramp);
  return money::Round(yearly, currency);
}

}  // namespace continuo::quoting::domain
