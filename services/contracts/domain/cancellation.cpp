#include "services/contracts/domain/cancellation.h"

namespace continuo::contracts::domain {
namespace {

using calendar::Date;
using calendar::Period;
using money::Money;

// What the days of a line before `until` cost; never more than the line itself.
Result<Money> ServedAmount(const ScheduleTerms& terms, const Period& term, const Line& line,
                           Date until) {
  if (until <= line.period.start) return Money::Zero(line.amount.currency());
  if (line.period.end <= until) return line.amount;
  const calendar::Anchor anchor = AnchorOf(terms, term.start);
  const calendar::TermPeriod served{
      .served = {line.period.start, until},
      .whole = calendar::WholePeriodHolding(terms.cycle, anchor, line.period.start)};
  ASSIGN_OR_RETURN(const Money amount, PartAmount(terms, anchor, served));
  return amount.Absolute() > line.amount.Absolute() ? line.amount : amount;
}

Line CutAt(const ScheduleTerms& terms, const Line& line, Date end, Money amount) {
  const Period served{line.period.start, end};
  return {.sequence = line.sequence,
          .period = served,
          .bill_on = BillDate(terms, served),
          .release_on = ReleaseDate(terms, served),
          .amount = amount};
}

}  // namespace

Result<Cancellation> CancelFrom(const ScheduleTerms& terms, const Period& term,
                                const std::vector<RunningLine>& lines, Date effective_on) {
  if (!term.Contains(effective_on)) {
    return FailedPrecondition("CANCEL_OUTSIDE_SCHEDULE",
                              effective_on.ToString() + " lies outside the schedule " +
                                  term.ToString() + ". Name a day within it.",
                              {{"effective_on", effective_on.ToString()},
                               {"start_on", term.start.ToString()},
                               {"end_on", term.end.ToString()}});
  }
  const Money zero = Money::Zero(terms.amount.currency());
  Cancellation made{.voided = {},
                    .replacement = {},
                    .voided_amount = zero,
                    .unserved_amount = zero,
                    .term_total = zero};
  for (int position = 0; position < static_cast<int>(lines.size()); ++position) {
    const auto& [line, released] = lines[position];
    ASSIGN_OR_RETURN(const Money served, ServedAmount(terms, term, line, effective_on));
    if (released) {
      made.unserved_amount += line.amount - served;
      made.term_total += line.amount;
      continue;
    }
    made.term_total += served;
    if (line.period.end <= effective_on) continue;
    made.voided.push_back(position);
    made.voided_amount += line.amount - served;
    if (line.period.start < effective_on) {
      made.replacement = CutAt(terms, line, effective_on, served);
    }
  }
  return made;
}

}  // namespace continuo::contracts::domain
