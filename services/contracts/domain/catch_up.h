// An increment to a running schedule: what is caught up, and where the regular lines take over.
//
//   monthly in advance from 1 January, 14 days' lead; 10 seats more from 10 March, known on 5 March
//     March is released (15 February), April is not: catch-up [03-10, 04-01), regular from 04-01
//   the same, known on 20 March: April is released too, so [03-10, 05-01), regular from 05-01
//
// The regular lines take over at the first period, from the effective day on, whose main line is
// not released. Someone may choose the period by name; a choice that would bill a day twice or not
// at all is refused. The catch-up is one line, rounded once.
#pragma once

#include <optional>
#include <vector>

#include "libs/calendar/proration.h"
#include "services/contracts/domain/billing_periods.h"

namespace continuo::contracts::domain {

enum class TakeOver { kEarliest, kNext, kNextButOne };

struct Increment {
  money::Money amount;  // of one whole period
  calendar::Date effective_on;
  TakeOver take_over = TakeOver::kEarliest;
  calendar::ProrationDialect proration = calendar::ProrationDialect::kActualDays;
  money::Rounding rounding = money::Rounding::kHalfUp;
};

struct IncrementLine {
  calendar::Period period;
  calendar::Date bill_on;
  money::Ratio ratio;  // of the amount of one whole period
  money::Money amount;
};

struct CatchUp {
  std::optional<IncrementLine> catch_up;       // none: the regular lines begin on the day itself
  std::optional<calendar::Date> take_over_on;  // none: the catch-up runs to the end
  int periods_ahead = 0;                       // of the period that holds the effective day
  std::vector<IncrementLine> regular;
  money::Money total;
};

// `today` decides what is released. EFFECTIVE_OUTSIDE_SCHEDULE as a bad request;
// CATCH_UP_LEAVES_GAP, CATCH_UP_OVERLAPS, SCHEDULE_TOO_LONG.
Result<CatchUp> CatchUpIncrement(const calendar::Period& term, const BillingRules& rules,
                                 const Increment& increment, calendar::Date today);

}  // namespace continuo::contracts::domain
