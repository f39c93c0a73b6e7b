// What of a contract runs, and what a change of its lines on some days would begin from: for
// quoting's change quotes. Reads only.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::contracts::v1 {
class DescribeContractRequest;
class RunningContract;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

// NOT_FOUND; CANCEL_OUTSIDE_SCHEDULE for a day that lies outside a line's term.
Result<v1::RunningContract> DescribeContract(postgres::Database& database, const rpc::Call& call,
                                             const v1::DescribeContractRequest& request);

}  // namespace continuo::contracts::app
