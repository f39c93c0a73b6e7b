// What an order's lines bill and when, if everything starts on the day that was agreed to.
//
//   1,000.00 a month for 3 months from 10 March, in advance, and 2,500.00 once on 10 March
//     10 March 3,500.00   10 April 1,000.00   10 May 1,000.00
//
// Whole periods only, counted from the first day: so the plan adds up to the order, to the cent. It
// makes no schedules and knows no stubs; contracts does, when a line is initialised.
#pragma once

#include <map>
#include <optional>
#include <span>

#include "libs/calendar/cycle.h"
#include "libs/money/money.h"

namespace continuo::quoting::domain {

struct BilledLine {
  calendar::Date first_day;
  std::optional<calendar::Cycle> cycle;  // none: once, on the first day
  bool in_arrears = false;               // at the period's end
  int periods = 1;
  money::Money amount;  // of one period
};

struct Billing {
  money::Money amount;
  int lines = 0;
};

// By the day that it is billed on.
std::map<calendar::Date, Billing> PlanBilling(std::span<const BilledLine> lines,
                                              money::Currency currency);

// The last day of a term of `length` from `first_day`.
calendar::Date LastDay(calendar::Date first_day, calendar::Cycle length);

}  // namespace continuo::quoting::domain
