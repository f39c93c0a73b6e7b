// What an order would become here: the plan that CreateContract stores, its schedules begun on the
// agreed day, and what billing would be given of their lines. Of a change order it reads what the
// order ends; it writes nothing.
#pragma once

#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::contracts::v1 {
class PreviewContractRequest;
class PreviewContractResponse;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::PreviewContractResponse> PreviewContract(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::PreviewContractRequest& request);

}  // namespace continuo::contracts::app
