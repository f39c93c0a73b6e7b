#include "services/contracts/app/cancel_schedule.h"

#include "continuo/contracts/v1/schedule.pb.h"
#include "libs/postgres/database.h"
#include "services/contracts/app/end_schedule.h"
#include "services/contracts/app/locked_schedule.h"

namespace continuo::contracts::app {

using calendar::Date;
using v1::Schedule;

Result<Schedule> CancelSchedule(postgres::Database& database, const rpc::Call& call,
                                const v1::CancelScheduleRequest& request) {
  return database.Command<Schedule>(call, [&](postgres::Transaction& tx) -> Result<Schedule> {
    ASSIGN_OR_RETURN(const LockedSchedule locked, LockSchedule(tx, request.id()));
    ASSIGN_OR_RETURN(const Date effective_on, Date::Parse(request.effective_on()));
    RETURN_IF_FAULT(EndSchedule(tx, locked, effective_on));
    return LoadSchedule(tx, request.id());
  });
}

}  // namespace continuo::contracts::app
