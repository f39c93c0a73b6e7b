#include "services/quoting/domain/margin.h"

namespace continuo::quoting::domain {

using money::Money;
using money::Ratio;

Ratio TimesBought(const BoughtElement& element) {
  if (!element.period) return 1;
  const Recurrence recurrence{.billing = *element.period, .term = element.term};
  return TermMonths(recurrence) / Months(*element.period);
}

Result<Money> CostOf(const BoughtElement& element) {
  return money::Round(element.unit_cost * element.quantity * TimesBought(element),
                      element.currency);
}

Result<Costs> SumCosts(std::span<const Money> costs) {
  Costs sums;
  for (const Money& cost : costs) {
    Money& sum =
        sums.try_emplace(cost.currency().ToString(), Money::Zero(cost.currency())).first->second;
    ASSIGN_OR_RETURN(sum, money::Add(sum, cost));
  }
  return sums;
}

Result<MarginOrReason> MarginOf(Money term_total, const Costs& costs, const Rates& rates) {
  MarginOrReason outcome;
  Ratio exact;
  for (const auto& [code, cost] : costs) {
    if (cost.currency() == term_total.currency()) {
      exact += cost.ToRatio();
      continue;
    }
    const auto rate = rates.find(code);
    if (rate == rates.end()) {
      outcome.unknown_rates.push_back(code);
    } else {
      exact += cost.ToRatio() * rate->second;
    }
  }
  if (!outcome.unknown_rates.empty()) return outcome;
  Margin margin;
  ASSIGN_OR_RETURN(margin.cost, money::Round(exact, term_total.currency()));
  ASSIGN_OR_RETURN(margin.margin, money::Subtract(term_total, margin.cost));
  if (!term_total.IsZero()) {
    ASSIGN_OR_RETURN(margin.percent,
                     money::RoundToDecimal(
                         margin.margin.ToRatio() / term_total.ToRatio() * Ratio(100), 4));
  }
  outcome.margin = margin;
  return outcome;
}

}  // namespace continuo::quoting::domain
