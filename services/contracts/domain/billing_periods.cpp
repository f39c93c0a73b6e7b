#include "services/contracts/domain/billing_periods.h"

#include <algorithm>

namespace continuo::contracts::domain {

using calendar::Date;
using calendar::Period;

Result<std::vector<BilledPeriod>> BillingPeriods(const Period& term, const BillingRules& rules) {
  const auto& [cycle, anchor] = rules.recurrence;
  RETURN_IF_FAULT(CheckLength(cycle, term));
  const ScheduleTerms terms{
      .cycle = cycle, .timing = rules.timing, .lead_days = rules.lead_days};
  std::vector<BilledPeriod> periods;
  for (const Period& served : calendar::InvoicePeriods(term, cycle, anchor, rules.stubs)) {
    const std::int64_t first = calendar::PeriodIndex(cycle, anchor, served.start);
    const Date last_day = served.end.AddDays(-1);
    periods.push_back({.served = served,
                       .whole = {calendar::Boundary(cycle, anchor, first),
                                 calendar::WholePeriodHolding(cycle, anchor, last_day).end},
                       .boundary = first,
                       .bill_on = BillDate(terms, served),
                       .release_on = ReleaseDate(terms, served)});
  }
  return periods;
}

int CountDue(std::span<const BilledPeriod> periods, Date today) {
  return static_cast<int>(
      std::count_if(periods.begin(), periods.end(),
                    [&](const BilledPeriod& period) { return period.bill_on <= today; }));
}

}  // namespace continuo::contracts::domain
