// Ends a schedule early: unreleased lines from a day on are void, one that the day cuts is
// shortened.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::contracts::v1 {
class CancelScheduleRequest;
class Schedule;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::Schedule> CancelSchedule(postgres::Database& database, const rpc::Call& call,
                                    const v1::CancelScheduleRequest& request);

}  // namespace continuo::contracts::app
