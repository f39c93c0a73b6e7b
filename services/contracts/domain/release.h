// Releasing lines whose lead time has come: when the next one is due, and how a slice of due lines
// is handed over.
//
//   earliest unreleased lines: Europe/Berlin 2026-03-01, America/New_York 2026-02-28
//   NextReleaseAt(...) == 2026-02-28T05:00:00Z           // the earlier start of a local day
//
// Sold lines go to billing in batches, one for each account and division, with control totals.
// Bought lines are released too, which makes them expected supplier bills, but nobody is billed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/calendar/zone.h"
#include "libs/ids/kinds.h"
#include "libs/money/money.h"
#include "services/contracts/domain/schedule_state.h"

namespace continuo::contracts::domain {

// The earliest unreleased line of a zone.
struct ZoneDue {
  calendar::Zone zone;
  calendar::Date release_on;
};

// Lines are due at the start of their release day, in their contract's zone.
std::optional<calendar::Instant> NextReleaseAt(const std::vector<ZoneDue>& zones);
// Whether the zone's earliest line is due at `now`.
bool IsDue(const ZoneDue& zone, calendar::Instant now);

struct DueLine {
  ids::ScheduleLineId id;
  ids::AccountId account_id;
  ids::DivisionId division_id;
  Side side = Side::kSell;
  money::Money amount;
};

struct Totals {
  std::int64_t count = 0;
  std::map<money::Currency, money::Money> sums;  // in the order of the codes

  void Add(money::Money amount);
  friend bool operator==(const Totals&, const Totals&) = default;
};

struct BatchPlan {
  ids::AccountId account_id;
  ids::DivisionId division_id;
  std::vector<ids::ScheduleLineId> lines;  // in the order given
  Totals totals;
};

// The sold lines of a slice as batches, in the order of accounts and divisions.
std::vector<BatchPlan> PlanBatches(const std::vector<DueLine>& slice);

}  // namespace continuo::contracts::domain
