#include "services/contracts/domain/change_point.h"

#include <algorithm>

namespace continuo::contracts::domain {
namespace {

using calendar::Date;
using calendar::Period;

// The lines from the day on as a schedule that begins on it would have them: whole periods only.
int WholePeriodsFrom(const ScheduleTerms& terms, const Period& term,
                     const std::vector<RunningLine>& lines, Date on) {
  const auto begins = [&](const RunningLine& running) { return running.line.period.start == on; };
  auto at = std::find_if(lines.begin(), lines.end(), begins);
  if (at == lines.end()) return 0;
  const auto tiling =
      calendar::PeriodsTiling({on, term.end}, terms.cycle, AnchorOf(terms, on));
  if (static_cast<std::ptrdiff_t>(tiling.size()) != lines.end() - at) return 0;
  for (const calendar::TermPeriod& period : tiling) {
    if (period.IsStub() || period.served != at->line.period) return 0;
    ++at;
  }
  return static_cast<int>(tiling.size());
}

}  // namespace

Result<ChangePoint> ChangeAt(const ScheduleTerms& terms, const Period& term,
                             const std::vector<RunningLine>& lines, Date on) {
  ChangePoint point{.around = lines.back().line.period,
                    .open_from = term.start,
                    .ended_total = money::Money::Zero(terms.amount.currency())};
  for (const RunningLine& running : lines) {
    if (running.released) point.open_from = std::max(point.open_from, running.line.period.end);
    if (running.line.period.Contains(on)) point.around = running.line.period;
  }
  if (on == term.end) return point;
  ASSIGN_OR_RETURN(const Cancellation ended, CancelFrom(terms, term, lines, on));
  point.ended_total = ended.voided_amount + ended.unserved_amount;
  point.periods_left = WholePeriodsFrom(terms, term, lines, on);
  return point;
}

}  // namespace continuo::contracts::domain
