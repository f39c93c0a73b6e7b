#include "libs/calendar/proration.h"

#include <array>
#include <cassert>

namespace continuo::calendar {
namespace {

constexpr std::array<std::string_view, 4> kDialectTexts = {"actual_days", "actual_30", "30_360",
                                                           "none"};

// A date's place on a line where every month has 30 days. A boundary that was clamped (28 February
// for an anchor on the 31st) stands for its anchor day: otherwise that month would be short and the
// next one long.
std::int64_t PlaceIn30DayMonths(Date date, const Period& whole, unsigned anchor_day) {
  const bool is_boundary = date == whole.start || date == whole.end;
  const unsigned day = is_boundary ? anchor_day : date.day();
  return (std::int64_t{date.year()} * 12 + date.month()) * 30 + std::min(day, 30u);
}

}  // namespace

Result<ProrationDialect> ParseProrationDialect(std::string_view text) {
  const auto found = std::find(kDialectTexts.begin(), kDialectTexts.end(), text);
  if (found == kDialectTexts.end()) {
    return Invalid("", "UNKNOWN_PRORATION",
                   "'" + std::string(text.substr(0, 32)) +
                       "' is not a way to prorate. Use actual_days, actual_30, 30_360 or none.");
  }
  return static_cast<ProrationDialect>(found - kDialectTexts.begin());
}

std::string_view ToText(ProrationDialect dialect) {
  return kDialectTexts[static_cast<std::size_t>(dialect)];
}

DayCount CountDays(const TermPeriod& period, Cycle cycle, const Anchor& anchor,
                   ProrationDialect dialect) {
  const auto& [served, whole] = period;
  assert(whole.Contains(served));
  if (served.IsEmpty()) return {0, whole.days()};
  if (dialect == ProrationDialect::kNone) return {whole.days(), whole.days()};
  if (dialect == ProrationDialect::kActualDays || !cycle.InMonths()) {
    return {served.days(), whole.days()};
  }
  const std::int64_t month_days = 30 * cycle.Months();
  if (!period.IsStub()) return {month_days, month_days};
  if (dialect == ProrationDialect::kActualOver30) {
    return {std::min(served.days(), month_days), month_days};
  }
  const std::int64_t used = PlaceIn30DayMonths(served.end, whole, anchor.day) -
                            PlaceIn30DayMonths(served.start, whole, anchor.day);
  return {used, month_days};
}

money::Ratio Proration(const Period& served, Cycle cycle, const Anchor& anchor,
                       ProrationDialect dialect) {
  money::Ratio sum;
  for (const TermPeriod& period : PeriodsTiling(served, cycle, anchor)) {
    sum += CountDays(period, cycle, anchor, dialect).ToRatio();
  }
  return sum;
}

money::Ratio PerTerm(const Period& reference_term, const Period& served) {
  return money::Ratio::Of(served.days(), reference_term.days());
}

}  // namespace continuo::calendar
