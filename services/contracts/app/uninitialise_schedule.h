// Takes a schedule's dates back while nothing is released: its lines are gone, it is pending again.
// A purchase that was ordered for it stays ordered; only its dates are open again.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::contracts::v1 {
class Schedule;
class UninitialiseScheduleRequest;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::Schedule> UninitialiseSchedule(postgres::Database& database, const rpc::Call& call,
                                          const v1::UninitialiseScheduleRequest& request);

}  // namespace continuo::contracts::app
