// How much of an obligation is earned in which month.
//
//   Schedule(100.00 EUR, {2019-01-10, 2019-03-16}, kDays)
//     == {{2019-01-01, 33.85 EUR}, {2019-02-01, 43.07 EUR}, {2019-03-01, 23.08 EUR}}
//
// Each month's total so far is exact and rounded once; the month's amount is the difference to the
// total before, so that the months always sum to the obligation's price. It knows of no calendar
// but the service period's own days: when a month is over is the caller's question of a zone.
#pragma once

#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::revenue::domain {

enum class StraightLine {
  kDays,    // each day earns the same
  kMonths,  // each month earns the same: it counts as 30 days, a part of one as its days of 30
};

struct MonthlyRevenue {
  calendar::Date month;      // its first day
  calendar::Period service;  // the days of it that are served
  money::Money amount;
  money::Ratio progress;     // of the whole, with this month: 1/12, 1/6, ...

  friend bool operator==(const MonthlyRevenue&, const MonthlyRevenue&) = default;
};

// One entry for each month that `service` touches; a fault when the service has no day.
Result<std::vector<MonthlyRevenue>> Schedule(money::Money price, calendar::Period service,
                                             StraightLine rule);

}  // namespace continuo::revenue::domain
