// The periods of a term with the days on which each is billed and released.
//
//   monthly from 31 January to 30 April, in arrears, 5 days' lead
//     [01-31, 02-28) billed 02-28, released 02-23   ...   [03-31, 04-30) billed 04-30
//
// The periods tile the term. A long stub is joined to the whole period beside it. It knows no
// amounts: those are proration.h's (libs/calendar) and schedule_lines.h's.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libs/calendar/cycle.h"
#include "libs/result/result.h"
#include "services/contracts/domain/schedule_lines.h"

namespace continuo::contracts::domain {

// How often, and where the boundaries are counted from.
struct Recurrence {
  calendar::Cycle cycle;
  calendar::Anchor anchor;
};

struct BillingRules {
  Recurrence recurrence;
  Timing timing = Timing::kAdvance;
  int lead_days = 0;
  calendar::Stubs stubs = calendar::Stubs::kShort;
};

struct BilledPeriod {
  calendar::Period served;
  calendar::Period whole;      // from the boundary before it to the one after it
  std::int64_t boundary = 0;   // the number of whole.start, from the anchor
  calendar::Date bill_on;
  calendar::Date release_on;

  bool IsStub() const { return served != whole; }
};

// SCHEDULE_TOO_LONG. An empty term has no period.
Result<std::vector<BilledPeriod>> BillingPeriods(const calendar::Period& term,
                                                 const BillingRules& rules);

// How many are billed by the end of the local day `today`.
int CountDue(std::span<const BilledPeriod> periods, calendar::Date today);

}  // namespace continuo::contracts::domain
