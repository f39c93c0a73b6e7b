// Reading schedules and their lines.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::contracts::v1 {
class GetScheduleRequest;
class ListScheduleLinesRequest;
class ListScheduleLinesResponse;
class ListSchedulesRequest;
class ListSchedulesResponse;
class Schedule;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::Schedule> GetSchedule(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetScheduleRequest& request);
Result<v1::ListSchedulesResponse> ListSchedules(postgres::Database& database, const rpc::Call& call,
                                                const v1::ListSchedulesRequest& request);
Result<v1::ListScheduleLinesResponse> ListScheduleLines(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListScheduleLinesRequest& request);

}  // namespace continuo::contracts::app
