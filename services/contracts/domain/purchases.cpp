#include "services/contracts/domain/purchases.h"

namespace continuo::contracts::domain {

Result<Purchase> PlanPurchase(const PurchaseElement& element, const SoldLine& line) {
  ASSIGN_OR_RETURN(const money::Money cost,
                   money::Round(element.unit_cost * line.quantity, element.currency));
  if (!element.cycle) {
    return Purchase{
        .cost = cost, .term_cost = cost, .terms = {}, .ordered_at_acceptance = true};
  }
  const ScheduleTerms terms{.amount = cost,
                            .term_total = {},
                            .cycle = *element.cycle,
                            .term = line.term.value_or(*element.cycle),
                            .timing = element.timing,
                            .lead_days = element.lead_days};
  ASSIGN_OR_RETURN(const GeneratedLines expected, GenerateLines(terms, line.start));
  return Purchase{.cost = cost,
                  .term_cost = expected.total,
                  .terms = terms,
                  .ordered_at_acceptance = element.back_to_back};
}

}  // namespace continuo::contracts::domain
