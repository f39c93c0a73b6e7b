#include "services/contracts/domain/schedule_lines.h"

#include <algorithm>
#include <string>

namespace continuo::contracts::domain {
namespace {

using calendar::Date;
using calendar::Period;
using calendar::TermPeriod;
using money::Money;

constexpr int kShortestMonth = 28;

Failure TooLong(const Period& term) {
  return FailedPrecondition("SCHEDULE_TOO_LONG",
                            "The schedule over " + term.ToString() + " would have more than " +
                                std::to_string(kMaxLines) +
                                " lines. Sell it with longer billing periods or a shorter term.",
                            {{"lines_max", std::to_string(kMaxLines)}});
}

}  // namespace

Result<void> CheckLength(calendar::Cycle cycle, const Period& term) {
  const auto shortest_period = cycle.InMonths() ? cycle.Months() * kShortestMonth : cycle.Days();
  if (term.days() / shortest_period > kMaxLines) return TooLong(term);
  return {};
}

calendar::Anchor AnchorOf(const ScheduleTerms& terms, Date start) {
  return terms.alignment == Alignment::kCalendar ? calendar::Anchor::Calendar(terms.cycle)
                                                 : calendar::Anchor::On(start);
}

Date BillDate(const ScheduleTerms& terms, const Period& period) {
  return terms.timing == Timing::kArrears ? period.end : period.start;
}

Date ReleaseDate(const ScheduleTerms& terms, const Period& period) {
  return BillDate(terms, period).AddDays(-terms.lead_days);
}

Result<Money> PartAmount(const ScheduleTerms& terms, const calendar::Anchor& anchor,
                         const TermPeriod& period) {
  if (!period.IsStub()) return terms.amount;
  const calendar::DayCount days =
      calendar::CountDays(period, terms.cycle, anchor, terms.proration);
  return money::Round(terms.amount.ToRatio() * days.ToRatio(), terms.amount.currency());
}

Result<GeneratedLines> GenerateLines(const ScheduleTerms& terms, Date start) {
  const Period term{start, calendar::Advance(start, terms.term)};
  RETURN_IF_FAULT(CheckLength(terms.cycle, term));
  const calendar::Anchor anchor = AnchorOf(terms, start);
  const auto periods = calendar::PeriodsTiling(term, terms.cycle, anchor);
  if (periods.size() > kMaxLines) return TooLong(term);

  GeneratedLines made{.term = term, .lines = {}, .total = Money::Zero(terms.amount.currency())};
  made.lines.reserve(periods.size());
  for (const TermPeriod& period : periods) {
    ASSIGN_OR_RETURN(Money amount, PartAmount(terms, anchor, period));
    if (terms.term_total) {
      // Never more than is left, in the total's direction; the last line takes all that is.
      const Money left = *terms.term_total - made.total;
      const bool is_last = made.lines.size() + 1 == periods.size();
      if (is_last || amount.Absolute() > left.Absolute()) amount = left;
    }
    made.total += amount;
    made.lines.push_back({.sequence = static_cast<int>(made.lines.size()) + 1,
                          .period = period.served,
                          .bill_on = BillDate(terms, period.served),
                          .release_on = ReleaseDate(terms, period.served),
                          .amount = amount});
  }
  return made;
}

}  // namespace continuo::contracts::domain
