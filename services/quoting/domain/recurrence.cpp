#include "services/quoting/domain/recurrence.h"

namespace continuo::quoting::domain {
namespace {

using money::Ratio;

constexpr Period kWithoutEnd{PeriodUnit::kYear, 1};

// Both list days, weeks, months, quarters, years.
static_assert(static_cast<int>(PeriodUnit::kDay) == static_cast<int>(calendar::CycleUnit::kDay));
static_assert(static_cast<int>(PeriodUnit::kYear) == static_cast<int>(calendar::CycleUnit::kYear));

bool InMonths(const Period& period) { return period.unit >= PeriodUnit::kMonth; }

}  // namespace

Ratio Months(const Period& period) {
  const Ratio months_per_day = Ratio::Of(12, 365);
  switch (period.unit) {
    case PeriodUnit::kDay:
      return months_per_day * period.count;
    case PeriodUnit::kWeek:
      return months_per_day * 7 * period.count;
    case PeriodUnit::kMonth:
      return period.count;
    case PeriodUnit::kQuarter:
      return Ratio(3) * period.count;
    case PeriodUnit::kYear:
      return Ratio(12) * period.count;
  }
  __builtin_unreachable();
}

Ratio TermMonths(const Recurrence& recurrence) {
  return Months(recurrence.term.value_or(kWithoutEnd));
}

calendar::Cycle CycleOf(const Period& period) {
  return {.unit = static_cast<calendar::CycleUnit>(period.unit), .count = period.count};
}

std::string TextOf(const Period& period) {
  constexpr const char* kUnits[] = {"day", "week", "month", "quarter", "year"};
  return std::to_string(period.count) + " " + kUnits[static_cast<int>(period.unit)];
}

Period Times(const Period& billing, int count) { return {billing.unit, billing.count * count}; }

bool HoldsWholePeriods(const Recurrence& recurrence) {
  if (!recurrence.term) return true;
  if (InMonths(*recurrence.term) != InMonths(recurrence.billing)) return false;
  const Ratio periods = Months(*recurrence.term) / Months(recurrence.billing);
  return periods == Ratio(WholePeriods(recurrence));
}

Ratio PeriodsPerMonth(const Period& billing) { return Ratio(1) / Months(billing); }

int WholePeriods(const Recurrence& recurrence) {
  const Ratio exact = TermMonths(recurrence) / Months(recurrence.billing);
  __int128 whole = 0;
  exact.Scaled(0, money::Rounding::kFloor, 1'000'000'000, &whole);
  return static_cast<int>(whole);
}

}  // namespace continuo::quoting::domain
