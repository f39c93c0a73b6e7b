// How often something recurs and on which days: the boundaries between a schedule's periods.
//
//   const Anchor anchor = Anchor::On(Date(2022, 12, 31));
//   Boundary({CycleUnit::kMonth, 1}, anchor, 2) == 2023-02-28
//   Boundary({CycleUnit::kMonth, 1}, anchor, 3) == 2023-03-31      // from the anchor: it never
//   drifts
//
// Every boundary is computed from the anchor, b_n = clamp(month(b_0) + n * k, anchor day), never
// from the boundary before it. Weeks are 7k days. A calendar-aligned cycle is one whose anchor is a
// calendar boundary.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/result/result.h"

namespace continuo::calendar {

enum class CycleUnit { kDay, kWeek, kMonth, kQuarter, kYear };

struct Cycle {
  CycleUnit unit = CycleUnit::kMonth;
  int count = 1;

  static constexpr int kMaxCount = 1200;
  // `unit` is "day", "week", "month", "quarter" or "year"; 1 <= count <= 1200.
  static Result<Cycle> Make(std::string_view unit, std::int64_t count);

  constexpr bool InMonths() const { return unit >= CycleUnit::kMonth; }
  constexpr std::int64_t Months() const {  // 0 for days and weeks
    if (!InMonths()) return 0;
    return std::int64_t{count} * (unit == CycleUnit::kMonth     ? 1
                                  : unit == CycleUnit::kQuarter ? 3
                                                                : 12);
  }
  constexpr std::int64_t Days() const {  // 0 for months, quarters and years
    return InMonths() ? 0 : std::int64_t{count} * (unit == CycleUnit::kWeek ? 7 : 1);
  }
  std::string_view UnitText() const;

  friend constexpr bool operator==(const Cycle&, const Cycle&) = default;
};

// Where the boundaries are counted from. `day` may exceed the length of `date`'s month: a start on
// 28 February with day 31 (end of month) goes on at 31 March, without it at 28 March. Cycles of
// days and weeks use `date` only.
struct Anchor {
  Date date;
  unsigned day = 1;

  static Anchor On(Date date) { return {date, date.day()}; }
  // The end-of-month flag: the last day of each month.
  static Anchor EndOfMonth(Date date) { return {date.LastOfMonth(), 31}; }
  // The first day at or after `start` that falls on `day` of a month (1 to 31, clamped).
  static Anchor OnDayOfMonth(Date start, unsigned day);
  // Calendar days, Mondays, firsts of months; quarters, years and counts of months are aligned to
  // January, or to the first month of the fiscal year. Cycles that do not divide a year are counted
  // from the year 2000.
  static Anchor Calendar(Cycle cycle, unsigned fiscal_year_start_month = 1);

  friend constexpr bool operator==(const Anchor&, const Anchor&) = default;
};

// b_n; n may be negative.
Date Boundary(Cycle cycle, const Anchor& anchor, std::int64_t n);
// [b_n, b_n+1)
Period BillingPeriod(Cycle cycle, const Anchor& anchor, std::int64_t n);
// The n with b_n <= date < b_n+1.
std::int64_t PeriodIndex(Cycle cycle, const Anchor& anchor, Date date);
Period WholePeriodHolding(Cycle cycle, const Anchor& anchor, Date date);

// `date` moved by `times` cycles: months clamped. Notice periods and terms are cycles too.
Date Advance(Date date, Cycle cycle, std::int64_t times = 1);
// The last day on which notice can be given for a term whose last day served is `last_day`; the
// deadline is the end of that local day (EndOfDay in zone.h). 31 May with three months' notice: 28
// February.
Date LastNoticeDay(Date last_day, Cycle notice);

// One period of a term: the days served and the whole period that holds them. They differ for a
// stub.
struct TermPeriod {
  Period served;
  Period whole;

  bool IsStub() const { return served != whole; }
  friend constexpr bool operator==(const TermPeriod&, const TermPeriod&) = default;
};

// The periods of [start, end) in order, without gap or overlap. Both ends may be stubs.
std::vector<TermPeriod> PeriodsTiling(const Period& term, Cycle cycle, const Anchor& anchor);

// What is invoiced together.
enum class Stubs {
  kShort,  // a stub is a period of its own: the default
  kLong,   // a stub joins the whole period beside it, where there is one
};
std::vector<Period> InvoicePeriods(const Period& term, Cycle cycle, const Anchor& anchor,
                                   Stubs stubs = Stubs::kShort);

}  // namespace continuo::calendar
