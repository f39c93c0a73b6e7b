// What is still to be earned of an obligation, month by month of its service, given what was earned
// already.
//
//   1,200.00 over 2026 by months, nothing earned      {Jan 100.00}, {Feb 100.00}, ...
//   600.00 now, and Jan to Mar earned 300.00          {Jan -50.00}, {Feb -50.00}, {Mar -50.00},
//                                                     {Apr 50.00}, ...
//
// A month that has earned nothing yet is earned on its last day of service, and posted on the day
// after; a point in time on its own day. What is corrected is earned on the day of the change: a
// cumulative catch-up, which keeps the month it is for. Nothing is planned where nothing differs.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/money.h"
#include "libs/result/result.h"
#include "services/revenue/domain/obligation.h"

namespace continuo::revenue::domain {

struct PlannedPart {
  calendar::Period service;
  calendar::Date effective_on;
  calendar::Date due_on;  // the first local day on which it may be posted
  money::Money amount;
  money::Ratio progress;  // to date

  friend bool operator==(const PlannedPart&, const PlannedPart&) = default;
};

// By the first day of the month of service.
using MonthsEarned = std::map<calendar::Date, money::Money>;

Result<std::vector<PlannedPart>> PlanRevenue(RecognitionRule rule, money::Money allocated,
                                             const std::optional<calendar::Period>& service,
                                             const MonthsEarned& earned,
                                             calendar::Date changed_on);

}  // namespace continuo::revenue::domain
