// What happens to a sold schedule happens to the obligation of its order line: dates given, dates
// taken back, an end before the term. Bought schedules earn nothing.
//
// Each fact carries the schedule's revision; one that is not newer than what is in changes nothing.
#pragma once

#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::contracts::v1 {
class ScheduleCancelled;
class ScheduleInitialised;
class ScheduleUninitialised;
}  // namespace continuo::contracts::v1

namespace continuo::revenue::app {

Result<Taken> FollowInitialised(postgres::Transaction& tx,
                                const contracts::v1::ScheduleInitialised& fact);
Result<Taken> FollowUninitialised(postgres::Transaction& tx,
                                  const contracts::v1::ScheduleUninitialised& fact);
Result<Taken> FollowCancelled(postgres::Transaction& tx,
                              const contracts::v1::ScheduleCancelled& fact);

}  // namespace continuo::revenue::app
