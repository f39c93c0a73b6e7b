#include "services/contracts/domain/change_point.h"

#include <algorithm>

namespace continuo::contracts::domain {
namespace {

using calendar::Date;
using calendar::Period;

constexpr int kNotWhole = -1;

// The lines from the day on as a schedule that begins on it would have them: whole periods only.
int WholePeriodsFrom(const ScheduleTerms& terms, const Period& term,
                     const std::vector<RunningLine>& lines, Date on) {
  if (on == term.end) return 0;
  const auto begins = [&](const RunningLine& running) { return running.line.period.start == on; };
  auto at = std::find_if(lines.begin(), lines.end(), begins);
  if (at == lines.end()) return kNotWhole;
  const auto tiling =
      calendar::PeriodsTiling({on, term.end}, terms.cycle, AnchorOf(terms, on));
  if (static_cast<std::ptrdiff_t>(tiling.size()) != lines.end() - at) return kNotWhole;
  for (const calendar::TermPeriod& period : tiling) {
    if (period.IsStub() || period.served != at->line.period) return kNotWhole;
    ++at;
  }
  return static_cast<int>(tiling.size());
}

// The days from the day to the end of the period that it falls into.
calendar::DayCount PartFrom(const ScheduleTerms& terms, const Period& term, const Period& around,
                            Date on) {
  const calendar::Anchor anchor = AnchorOf(terms, term.start);
  const calendar::TermPeriod rest{
      .served = {on, around.end},
      .whole = calendar::WholePeriodHolding(terms.cycle, anchor, on)};
  return calendar::CountDays(rest, terms.cycle, anchor, terms.proration);
}

}  // namespace

Result<ChangePoint> ChangeAt(const ScheduleTerms& terms, const Period& term,
                             const std::vector<RunningLine>& lines, Date on) {
  ChangePoint point{.take_over_on = on,
                    .part = {},
                    .around = lines.back().line.period,
                    .open_from = term.start,
                    .ended_total = money::Money::Zero(terms.amount.currency())};
  for (const RunningLine& running : lines) {
    if (running.released) point.open_from = std::max(point.open_from, running.line.period.end);
    if (running.line.period.Contains(on)) point.around = running.line.period;
  }
  if (on == term.end) return point;
  ASSIGN_OR_RETURN(const Cancellation ended, CancelFrom(terms, term, lines, on));
  point.ended_total = ended.voided_amount + ended.unserved_amount;
  if (point.around.start != on) {
    point.take_over_on = point.around.end;
    point.part = PartFrom(terms, term, point.around, on);
  }
  point.periods_left = WholePeriodsFrom(terms, term, lines, point.take_over_on);
  return point;
}

}  // namespace continuo::contracts::domain
