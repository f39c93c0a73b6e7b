// The credits that invoices will give rise to, one after the other.
//
//   8 % of 1,000.00 on 1 February, then of 1,000.00 on 1 March: 80.00 and 80.00
//
// Each is what is earned to date less what was credited before, as credits are made; a credit of
// nothing is none. Invoices count on their own day, or, where payment earns, on the day they are
// paid, whole.
#pragma once

#include <span>
#include <vector>

#include "libs/calendar/date.h"
#include "services/commissions/domain/commission.h"

namespace continuo::commissions::domain {

struct BilledOn {
  calendar::Date day;
  std::vector<Billed> billed;
};

struct PlannedCredit {
  calendar::Date day;
  Earned to_date;
  money::Money amount;
};

// In the order of their days.
Result<std::vector<PlannedCredit>> PlanCredits(std::vector<BilledOn> invoices, CreditOn credit_on,
                                               money::Decimal split_percent,
                                               money::Currency currency);

}  // namespace continuo::commissions::domain
