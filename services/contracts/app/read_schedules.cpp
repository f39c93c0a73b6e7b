#include "services/contracts/app/read_schedules.h"

#include "continuo/contracts/v1/schedule.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {

using postgres::Parameter;

Result<v1::Schedule> GetSchedule(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetScheduleRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::Schedule> {
    const auto found = tx.Run(sql::select_schedule, postgres::IdOrNull("sch", request.id()));
    if (found.empty()) return NotFound("schedule", request.id());
    v1::Schedule schedule;
    postgres::Fill(found.front(), &schedule);
    return schedule;
  });
}

Result<v1::ListSchedulesResponse> ListSchedules(postgres::Database& database,
                                                const rpc::Call& call,
                                                const v1::ListSchedulesRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::ListSchedulesResponse> {
    v1::ListSchedulesResponse response;
    const Parameter all[] = {nullptr};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_schedule, .parameters = all},
                                   request, &response));
    return response;
  });
}

Result<v1::ListScheduleLinesResponse> ListScheduleLines(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListScheduleLinesRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::ListScheduleLinesResponse> {
    v1::ListScheduleLinesResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_schedule_line}, request, &response));
    return response;
  });
}

}  // namespace continuo::contracts::app
