// What a line of a change quote does to a line of the running contract.
//
//   50 seats at 20.00 a month run for a year from January, January to March are released
//     reduce to 30 from April:   the line ends in April, 900.00 x 10 less; 30 go on for 9 months
//     reduce from 15 April:      16 of 30 days of 600.00 until May, then 30 for 8 months
//     reduce from March:         CHANGE_DAY_RELEASED
//
// What is running is contracts' to know, and what it was sold under is on the order; both are given
// here. A line that goes on under the same product keeps its version, its unit price and its level,
// unless the caller agrees on others. Dates come from the running line alone: an addition and what
// remains end when it would have, so that a contract's lines end together. What begins within a
// billing period is two lines, the segments of one ramp: one for the days until the next period, by
// the line's proration, and one that takes over there. What is released stays; so a line is ended on a
// day from which on nothing is, and an addition, which ends nothing, begins on any day.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "libs/calendar/proration.h"
#include "services/quoting/domain/quote.h"

namespace continuo::quoting::domain {

std::string_view Name(ChangeKind kind);

struct ChangeRequest {
  ChangeKind kind = ChangeKind::kAdd;
  ids::OrderLineId order_line_id;
  std::optional<calendar::Date> effective_on;  // of an extension: none
};

// The line as contracts has it, seen on the day of the change.
struct RunningLine {
  bool running = false;
  calendar::Date end_on;
  calendar::Date effective_on;
  money::Decimal quantity;
  money::Money amount;  // of one whole period
  Period billing;
  calendar::Date take_over_on;              // the first period that begins on the day or after it
  std::optional<calendar::DayCount> part;  // from the day until then, of the whole period
  int periods_left = 0;      // whole ones from then on; below zero: they are not whole
  calendar::Date open_from;  // nothing from here on is released
  money::Money ended_total;
};
// What it was sold under.
struct SoldLine {
  Product product;
  money::Decimal net_unit_price;
  std::string service_level;
  std::string order_number;
  bool is_extended = false;
  std::optional<Product> catch_up;  // billed once over the days until take_over_on
};

// `replacement`: what is sold instead, of a swap; otherwise null. Faults point into the line:
// NOT_ALLOWED and REQUIRED for dates that do not go with the kind, OUT_OF_RANGE for the quantity,
// CONTRACT_LINE_NOT_RUNNING, CHANGE_NOT_ON_PERIOD, CHANGE_DAY_RELEASED, CONTRACT_LINE_CHANGED_TWICE.
Result<void> AddChange(Quote* quote, const LineTerms& terms, const ChangeRequest& request,
                       const RunningLine& running, const SoldLine& sold,
                       const Product* replacement, std::string_view pointer);

// CHANGE_DAY_RELEASED: what was released since the line was quoted counts too.
Result<void> CheckStillOpen(const ContractChange& change, calendar::Date open_from);

// A line of a change quote, as far as the contract's value changes by it.
struct ValuedChange {
  money::Money net_amount;
  money::Money term_total;
  std::optional<Period> billing;  // none: one-off
  bool is_superseded = false;     // a segment of a ramp that another follows
  std::optional<ContractChange> change;
};
struct Deltas {
  money::Money monthly, yearly, term_total;
};
// Lines less the running ones that they end or follow; an addition takes nothing away.
Result<Deltas> DeltasOf(std::span<const ValuedChange> lines, money::Currency currency);

}  // namespace continuo::quoting::domain
