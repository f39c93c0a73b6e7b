#include "services/quoting/domain/billing_plan.h"

namespace continuo::quoting::domain {

using calendar::Date;

std::map<Date, Billing> PlanBilling(std::span<const BilledLine> lines, money::Currency currency) {
  std::map<Date, Billing> plan;
  for (const BilledLine& line : lines) {
    for (int n = 0; n < line.periods; ++n) {
      Date day = line.first_day;
      if (line.cycle) {
        day = calendar::Boundary(*line.cycle, calendar::Anchor::On(line.first_day),
                                 n + (line.in_arrears ? 1 : 0));
      }
      Billing& billing = plan.try_emplace(day, Billing{money::Money::Zero(currency)}).first->second;
      billing.amount += line.amount;
      ++billing.lines;
    }
  }
  return plan;
}

Date LastDay(Date first_day, calendar::Cycle length) {
  return calendar::Advance(first_day, length).AddDays(-1);
}

}  // namespace continuo::quoting::domain
