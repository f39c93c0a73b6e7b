// What a line of an order promises, and what its price becomes when less is served or owed.
//
// A contract's price is the sum of its lines' prices, allocated over its obligations by their
// standalone selling prices (price_allocation.h). A line's price starts as what it was sold for and
// falls by what a cancelled schedule no longer bills, and by what is owed back or credited of what
// it did bill:
//
//   sold 1,200.00, cancelled with 600.00 voided and 50.00 unserved    550.00
//   then credited 50.00: that is the unserved part, paid back         550.00
//   then credited 20.00 more, as a favour                             530.00
//
// Which of the two comes first makes no difference. An obligation that is served in part counts
// with that part of its standalone price: of its own price, or, where it was given away, of the
// agreed days (standalone 600.00 over 36 months, cancelled after the first of 31 days of 1,096:
// 16.97). Added goods, residual approaches and variable
// consideration are not decided here.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::revenue::domain {

enum class RecognitionRule { kStraightLineDays, kStraightLineMonths, kPointInTime };

struct Obligation {
  RecognitionRule rule = RecognitionRule::kPointInTime;
  money::Money sold;  // over the whole term
  money::Money ssp;   // standalone selling price at inception
  money::Money voided;
  money::Money unserved;
  money::Money credited;
  // None: no dates yet. Empty: cancelled before it began. A point in time is one day.
  std::optional<calendar::Period> service;
  // Of `service` before any cancellation. None: no dates that can be cancelled.
  std::optional<calendar::Date> agreed_end;

  friend bool operator==(const Obligation&, const Obligation&) = default;
};

// Its schedule runs over `term`: it is served then, a point in time on the first day.
void Begin(const calendar::Period& term, Obligation* obligation);

// Never below zero.
money::Money PriceOf(const Obligation& obligation);

struct ContractAllocation {
  money::Money price;
  money::Money ssp;
  // Of each obligation, in the order given.
  std::vector<money::Money> prices;
  std::vector<money::Money> ssps;
  std::vector<money::Money> allocated;  // sums to `price`
};

// At least one obligation, all of one currency. Where no standalone price is above zero the lines'
// own prices are the weights.
Result<ContractAllocation> AllocateContract(std::span<const Obligation> obligations);

}  // namespace continuo::revenue::domain
