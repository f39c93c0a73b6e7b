// How often a recurring line is billed, and for how long it is sold.
//
//   monthly for 36 months     WholePeriods == 36, PeriodsPerMonth == 1
//   yearly for 3 years        WholePeriods == 3,  PeriodsPerMonth == 1/12
//   weekly for 1 year         WholePeriods == 52, PeriodsPerMonth == 365/84
//
// Quarters and years are months. Days and weeks meet months at 365 days to 12 months, whatever the
// dates, so that a quote has a value before anybody knows when it starts. It makes no dates: the
// schedule that contracts makes from the order does.
#pragma once

#include <optional>
#include <string>

#include "libs/calendar/cycle.h"
#include "libs/money/ratio.h"

namespace continuo::quoting::domain {

enum class PeriodUnit { kDay, kWeek, kMonth, kQuarter, kYear };

struct Period {
  PeriodUnit unit = PeriodUnit::kMonth;
  int count = 1;  // > 0

  friend bool operator==(const Period&, const Period&) = default;
};

calendar::Cycle CycleOf(const Period& period);
// "3 month", for hashes and messages.
std::string TextOf(const Period& period);

struct Recurrence {
  Period billing;
  // None: sold without an end. Its first twelve months count as its term.
  std::optional<Period> term;
};

money::Ratio PeriodsPerMonth(const Period& billing);
money::Ratio Months(const Period& period);
// The months that it is sold for; twelve where it has no end.
money::Ratio TermMonths(const Recurrence& recurrence);
// The billing periods that end within the term.
int WholePeriods(const Recurrence& recurrence);
// Whether the term ends where a billing period does, by the calendar: weeks never end months.
bool HoldsWholePeriods(const Recurrence& recurrence);
// `count` billing periods on end.
Period Times(const Period& billing, int count);

}  // namespace continuo::quoting::domain
