// Where a running line can be changed, and what ends with it on a day.
//
//   monthly in advance, 12 x 100.00 from 1 January, January and February released
//   on 1 March: 10 periods left, ended 1,000.00, open from 1 March
//   on 15 March: no period begins; those around the day begin on 1 March and 1 April
//
// A change begins with a billing period, and what it begins ends where the changed line would have,
// after whole periods: so the lines of both tile the term without a stub. On the day on which the
// line ends nothing of it is left, and something may follow. Which of it is refused, and how, the
// caller decides.
#pragma once

#include <vector>

#include "services/contracts/domain/cancellation.h"

namespace continuo::contracts::domain {

struct ChangePoint {
  int periods_left = 0;      // zero: no period begins on the day, or what is left is not whole
  calendar::Period around;   // the billed period that holds the day; on the last day the last one
  calendar::Date open_from;  // the first day of which nothing is released, with all after it
  money::Money ended_total;  // what open lines from the day on bill, and released ones have billed
};

// `lines` are the schedule's live lines in order, at least one, and `term` is what they tile.
// CANCEL_OUTSIDE_SCHEDULE for a day before the term or after its end.
Result<ChangePoint> ChangeAt(const ScheduleTerms& terms, const calendar::Period& term,
                             const std::vector<RunningLine>& lines, calendar::Date on);

}  // namespace continuo::contracts::domain
