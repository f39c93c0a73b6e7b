// What part of a recurring price is due for a part of its period: A = P * d / N, where N belongs to
// the *whole* period that holds the days, also when the line starts in its middle.
//
//   500 a quarter from 15 March to 1 July 2026, calendar quarters, is either of
//   Proration({15 Mar, 1 Jul}, quarterly, calendar, kActualDays) * 500             594.44
//   PerTerm({1 Jan 2026, 1 Jan 2027}, {15 Mar, 1 Jul}) * (4 * 500)                 591.78
//
// The dialect is a term of the contract. Under actual days and 30/360 adjacent parts add up to the
// whole period; under actual/30 they do not (8/30 + 23/30 of a month of 31 days), so there a credit
// is the whole less what was used; with none any part costs the whole period. One-time fees are
// never prorated: that is the caller's to know.
#pragma once

#include <cstdint>
#include <string_view>

#include "libs/calendar/cycle.h"
#include "libs/calendar/date.h"
#include "libs/money/ratio.h"
#include "libs/result/result.h"

namespace continuo::calendar {

enum class ProrationDialect {
  kActualDays,    // days used / days of the whole period
  kActualOver30,  // days used / 30 for each month, at most 1; a whole period is 1
  kThirty360,  // every month has 30 days: the 31st is the 30th, a clamped boundary its anchor day
  kNone,       // any part of a period is charged whole
};

// "actual_days", "actual_30", "30_360", "none".
Result<ProrationDialect> ParseProrationDialect(std::string_view text);
std::string_view ToText(ProrationDialect dialect);

// d and N of one period, for the document's text: "17 of 90 days".
struct DayCount {
  std::int64_t used = 0;
  std::int64_t whole = 1;

  money::Ratio ToRatio() const { return money::Ratio::Of(used, whole); }
  friend constexpr bool operator==(const DayCount&, const DayCount&) = default;
};

// `served` lies within `whole`, which is a period of the cycle and anchor. Dialects of months count
// cycles of days and weeks by actual days.
DayCount CountDays(const TermPeriod& period, Cycle cycle, const Anchor& anchor,
                   ProrationDialect dialect);

// Over any number of periods: whole ones count 1, each end stub its own d / N. This is also the
// co-terminus way "per period", and the price of a long stub.
money::Ratio Proration(const Period& served, Cycle cycle, const Anchor& anchor,
                       ProrationDialect dialect);

// Co-terminus "per term": days served over the days of the term that the price was agreed for,
// which is not empty.
money::Ratio PerTerm(const Period& reference_term, const Period& served);

}  // namespace continuo::calendar
