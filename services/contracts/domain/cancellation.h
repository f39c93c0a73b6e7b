// Ending a schedule early: which lines are void, which one is cut, what released lines owe back.
//
//   monthly in advance from 1 January, January and February released, cancelled from 15 February:
//   voided March to December; nothing is cut; unserved 14/28 of February
//
// Open lines from the day on are voided. An open line that the day cuts is voided too and replaced
// by one for its served days, charged by the schedule's dialect. Released lines stay released:
// their unserved part, the whole less what was used, is told to billing.
//
// A cancelled sale does not touch what was bought for it: that is proposed to people, not done
// here.
#pragma once

#include <optional>
#include <vector>

#include "services/contracts/domain/schedule_lines.h"

namespace continuo::contracts::domain {

struct RunningLine {
  Line line;
  bool released = false;
};

struct Cancellation {
  std::vector<int> voided;          // positions in the given lines
  std::optional<Line> replacement;  // keeps the sequence of the line that it replaces
  money::Money voided_amount;       // what the open lines lose, net of the replacement
  money::Money unserved_amount;     // what the released lines owe back
  money::Money term_total;          // what remains of the schedule: released and kept lines
};

// `lines` are the schedule's live lines in order, `term` is what they tile. CANCEL_OUTSIDE_SCHEDULE
// unless the first unserved day lies within the term.
Result<Cancellation> CancelFrom(const ScheduleTerms& terms, const calendar::Period& term,
                                const std::vector<RunningLine>& lines,
                                calendar::Date effective_on);

}  // namespace continuo::contracts::domain
