#include "services/contracts/domain/catch_up.h"

#include <algorithm>

namespace continuo::contracts::domain {
namespace {

using calendar::Date;
using calendar::Period;

// Periods by their position; one past the last stands for the end of the schedule.
struct Places {
  std::size_t holding;   // the period that holds the effective day
  std::size_t earliest;  // where the regular lines can take over first
};

Places FindPlaces(const std::vector<BilledPeriod>& periods, Date effective_on, Date today) {
  const auto holding = std::find_if(periods.begin(), periods.end(), [&](const BilledPeriod& p) {
    return p.served.Contains(effective_on);
  });
  // Release days ascend: nothing after an unreleased line is released.
  const auto earliest = std::find_if(holding, periods.end(), [&](const BilledPeriod& p) {
    return p.served.start >= effective_on && p.release_on > today;
  });
  return {static_cast<std::size_t>(holding - periods.begin()),
          static_cast<std::size_t>(earliest - periods.begin())};
}

Result<std::size_t> Chosen(const std::vector<BilledPeriod>& periods, const Places& places,
                           TakeOver take_over) {
  if (take_over == TakeOver::kEarliest) return places.earliest;
  const std::size_t wanted = std::min(
      places.holding + (take_over == TakeOver::kNext ? 1 : 2), periods.size());
  if (wanted == places.earliest) return wanted;
  const bool too_early = wanted < places.earliest;
  const Date from = periods[std::min(wanted, places.earliest)].served.start;
  if (too_early) {
    return FailedPrecondition("CATCH_UP_LEAVES_GAP",
                              "The main line of the period from " + from.ToString() +
                                  " is released: the increment of that period would not be "
                                  "billed. Take over later, or at the earliest.",
                              {{"period_start", from.ToString()}});
  }
  return FailedPrecondition("CATCH_UP_OVERLAPS",
                            "The main line of the period from " + from.ToString() +
                                " is not released: it bills the increment itself. Take over "
                                "there, or at the earliest.",
                            {{"period_start", from.ToString()}});
}

Result<IncrementLine> LineFor(const Period& period, const BillingRules& rules,
                              const Increment& increment) {
  const auto& [cycle, anchor] = rules.recurrence;
  IncrementLine line{.period = period,
                     .bill_on = BillDate({.timing = rules.timing}, period),
                     .ratio = calendar::Proration(period, cycle, anchor, increment.proration)};
  ASSIGN_OR_RETURN(line.amount, money::Round(increment.amount.ToRatio() * line.ratio,
                                             increment.amount.currency(), increment.rounding));
  return line;
}

}  // namespace

Result<CatchUp> CatchUpIncrement(const Period& term, const BillingRules& rules,
                                 const Increment& increment, Date today) {
  if (!term.Contains(increment.effective_on)) {
    return Invalid("/effective_on", "OUT_OF_RANGE",
                   "Name a day within the schedule " + term.ToString() + ".");
  }
  ASSIGN_OR_RETURN(const auto periods, BillingPeriods(term, rules));
  const Places places = FindPlaces(periods, increment.effective_on, today);
  ASSIGN_OR_RETURN(const std::size_t first, Chosen(periods, places, increment.take_over));

  CatchUp made{.periods_ahead = static_cast<int>(first - places.holding),
               .total = money::Money::Zero(increment.amount.currency())};
  if (first < periods.size()) made.take_over_on = periods[first].served.start;
  const Period caught_up{increment.effective_on, made.take_over_on.value_or(term.end)};
  if (!caught_up.IsEmpty()) {
    ASSIGN_OR_RETURN(made.catch_up, LineFor(caught_up, rules, increment));
    // What is caught up was due before: it is billed with the day from which it is served.
    made.catch_up->bill_on = std::max(increment.effective_on, today);
    made.total += made.catch_up->amount;
  }
  for (std::size_t i = first; i < periods.size(); ++i) {
    ASSIGN_OR_RETURN(IncrementLine line, LineFor(periods[i].served, rules, increment));
    ASSIGN_OR_RETURN(made.total, money::Add(made.total, line.amount));
    made.regular.push_back(std::move(line));
  }
  return made;
}

}  // namespace continuo::contracts::domain
