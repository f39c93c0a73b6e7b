// A schedule held for a change.
//
//   ASSIGN_OR_RETURN(LockedSchedule locked, LockSchedule(tx, request.id()));
//   RETURN_IF_FAULT(domain::MayCancel(StateOf(*locked.schedule)));
//
// Its open lines are locked before it, the way the release job goes, so that the two wait for each
// other and never in a circle.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/decimal.h"
#include "libs/postgres/transaction.h"
#include "libs/result/result.h"
#include "services/contracts/domain/schedule_lines.h"

namespace continuo::contracts::v1 {
class Schedule;
}

namespace continuo::contracts::app {

struct LockedSchedule {
  std::shared_ptr<v1::Schedule> schedule;  // as it was before the change
  std::string time_zone;                   // the contract's
  int element = 0;                         // of its order line: 0 sold, 1.. bought
  std::optional<money::Decimal> unit_cost;
};

// NOT_FOUND; ETAG_MISMATCH when the call names another revision. The audit entry shows it as the
// state before.
Result<LockedSchedule> LockSchedule(postgres::Transaction& tx, const std::string& id);

// Makes the lines, each with its right to be released.
void InsertLines(postgres::Transaction& tx, const LockedSchedule& locked,
                 const std::vector<domain::Line>& lines);

// What people ask about later: who changed the contract, from which day on. The contract is another
// from then on, and has another revision; its row is locked after all schedules.
void RecordAmendment(postgres::Transaction& tx, const v1::Schedule& schedule,
                     std::string_view kind, calendar::Date effective_on);

// The schedule as it is now, in the same transaction.
v1::Schedule LoadSchedule(postgres::Transaction& tx, const std::string& id);

// Who acts, for the record: the user, or the service that handles an event.
std::string ActorOf(const postgres::Transaction& tx);

}  // namespace continuo::contracts::app
