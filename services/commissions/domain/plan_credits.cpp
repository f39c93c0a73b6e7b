#include "services/commissions/domain/plan_credits.h"

#include <algorithm>

namespace continuo::commissions::domain {

Result<std::vector<PlannedCredit>> PlanCredits(std::vector<BilledOn> invoices, CreditOn credit_on,
                                               money::Decimal split_percent,
                                               money::Currency currency) {
  std::stable_sort(invoices.begin(), invoices.end(),
                   [](const BilledOn& a, const BilledOn& b) { return a.day < b.day; });
  std::vector<PlannedCredit> credits;
  std::vector<Billed> to_date;
  money::Money credited = money::Money::Zero(currency);
  for (const BilledOn& invoice : invoices) {
    to_date.insert(to_date.end(), invoice.billed.begin(), invoice.billed.end());
    ASSIGN_OR_RETURN(Earned earned, EarnedToDate(to_date, credit_on, split_percent, currency));
    ASSIGN_OR_RETURN(const money::Money amount, money::Subtract(earned.amount, credited));
    if (amount.IsZero()) continue;
    credited = earned.amount;
    credits.push_back({.day = invoice.day, .to_date = std::move(earned), .amount = amount});
  }
  return credits;
}

}  // namespace continuo::commissions::domain
