// Ends a schedule before its term, as domain/cancellation.h decides: for whoever cancels one, and for
// change orders.
#pragma once

#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/uuid.h"
#include "libs/result/result.h"
#include "services/contracts/domain/cancellation.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::contracts::v1 {
class Schedule;
}

namespace continuo::contracts::app {

struct LockedSchedule;

// What of a schedule is not void, in order.
struct LiveLines {
  std::vector<ids::Uuid> ids;
  std::vector<domain::RunningLine> lines;
};
LiveLines LoadLiveLines(postgres::Transaction& tx, const v1::Schedule& schedule);

// Of a schedule that has its dates.
calendar::Period TermOf(const v1::Schedule& schedule);

// With its amendment and its event. SCHEDULE_NOT_INITIALISED, SCHEDULE_ENDED,
// CANCEL_OUTSIDE_SCHEDULE.
Result<void> EndSchedule(postgres::Transaction& tx, const LockedSchedule& locked,
                         calendar::Date effective_on);

}  // namespace continuo::contracts::app
