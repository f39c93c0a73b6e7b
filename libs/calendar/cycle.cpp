#include "libs/calendar/cycle.h"

#include <array>
#include <cassert>

namespace continuo::calendar {
namespace {

constexpr std::array<std::string_view, 5> kUnitTexts = {"day", "week", "month", "quarter", "year"};

std::int64_t FloorDivide(std::int64_t value, std::int64_t divisor) {
  const std::int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

std::int64_t MonthNumber(Date date) { return std::int64_t{date.year()} * 12 + date.month() - 1; }

Date OnDay(std::int64_t month_number, unsigned day) {
  const int year = static_cast<int>(FloorDivide(month_number, 12));
  const auto month = static_cast<unsigned>(month_number - std::int64_t{year} * 12 + 1);
  const Date last = Date(year, month, 1).LastOfMonth();
  return day >= last.day() ? last : Date(year, month, day);
}

}  // namespace

Result<Cycle> Cycle::Make(std::string_view unit, std::int64_t count) {
  const auto found = std::find(kUnitTexts.begin(), kUnitTexts.end(), unit);
  if (found == kUnitTexts.end()) {
    return Invalid("/unit", "UNKNOWN_UNIT",
                   "'" + std::string(unit.substr(0, 32)) +
                       "' is not a unit. Use day, week, month, quarter or year.");
  }
  if (count < 1 || count > kMaxCount) {
    return Invalid("/count", "OUT_OF_RANGE", "Use a count from 1 to 1200.");
  }
  return Cycle{static_cast<CycleUnit>(found - kUnitTexts.begin()), static_cast<int>(count)};
}

std::string_view Cycle::UnitText() const { return kUnitTexts[static_cast<std::size_t>(unit)]; }

Anchor Anchor::OnDayOfMonth(Date start, unsigned day) {
  assert(day >= 1 && day <= 31);
  const std::int64_t month = MonthNumber(start);
  const Date here = OnDay(month, day);
  return {here >= start ? here : OnDay(month + 1, day), day};
}

Anchor Anchor::Calendar(Cycle cycle, unsigned fiscal_year_start_month) {
  assert(fiscal_year_start_month >= 1 && fiscal_year_start_month <= 12);
  if (!cycle.InMonths()) return On(Date(2000, 1, 3));  // a Monday
  return On(Date(2000, fiscal_year_start_month, 1));
}

Date Boundary(Cycle cycle, const Anchor& anchor, std::int64_t n) {
  if (!cycle.InMonths()) return anchor.date.AddDays(n * cycle.Days());
  return OnDay(MonthNumber(anchor.date) + n * cycle.Months(), anchor.day);
}

Period BillingPeriod(Cycle cycle, const Anchor& anchor, std::int64_t n) {
  return {Boundary(cycle, anchor, n), Boundary(cycle, anchor, n + 1)};
}

std::int64_t PeriodIndex(Cycle cycle, const Anchor& anchor, Date date) {
  if (!cycle.InMonths()) return FloorDivide(date - anchor.date, cycle.Days());
  const std::int64_t n = FloorDivide(MonthNumber(date) - MonthNumber(anchor.date), cycle.Months());
  return date < Boundary(cycle, anchor, n) ? n - 1 : n;
}

Period WholePeriodHolding(Cycle cycle, const Anchor& anchor, Date date) {
  return BillingPeriod(cycle, anchor, PeriodIndex(cycle, anchor, date));
}

Date Advance(Date date, Cycle cycle, std::int64_t times) {
  return Boundary(cycle, Anchor::On(date), times);
}

Date LastNoticeDay(Date last_day, Cycle notice) { return Advance(last_day, notice, -1); }

std::vector<TermPeriod> PeriodsTiling(const Period& term, Cycle cycle, const Anchor& anchor) {
  std::vector<TermPeriod> periods;
  if (term.IsEmpty()) return periods;
  for (std::int64_t n = PeriodIndex(cycle, anchor, term.start);; ++n) {
    const Period whole = BillingPeriod(cycle, anchor, n);
    if (whole.start >= term.end) return periods;
    periods.push_back({whole.Intersect(term), whole});
  }
}

std::vector<Period> InvoicePeriods(const Period& term, Cycle cycle, const Anchor& anchor,
                                   Stubs stubs) {
  const std::vector<TermPeriod> tiles = PeriodsTiling(term, cycle, anchor);
  std::vector<Period> periods;
  for (const TermPeriod& tile : tiles) periods.push_back(tile.served);
  if (stubs == Stubs::kShort || tiles.size() < 2) return periods;
  const bool has_whole = std::any_of(tiles.begin(), tiles.end(),
                                     [](const TermPeriod& tile) { return !tile.IsStub(); });
  if (!has_whole) return periods;
  if (tiles.back().IsStub()) {
    periods.pop_back();
    periods.back().end = term.end;
  }
  if (tiles.front().IsStub()) {
    periods.erase(periods.begin());
    periods.front().start = term.start;
  }
  return periods;
}

}  // namespace continuo::calendar
