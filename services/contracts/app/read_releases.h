// Reading what is due for release, and what was handed over to billing.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::contracts::v1 {
class GetReleaseBatchRequest;
class GetReleaseListRequest;
class GetReleaseListResponse;
class ListReleaseBatchesRequest;
class ListReleaseBatchesResponse;
class ReleaseBatch;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::GetReleaseListResponse> GetReleaseList(postgres::Database& database,
                                                  const rpc::Call& call,
                                                  const v1::GetReleaseListRequest& request);
// With its lines, as billing reads it.
Result<v1::ReleaseBatch> GetReleaseBatch(postgres::Database& database, const rpc::Call& call,
                                         const v1::GetReleaseBatchRequest& request);
Result<v1::ListReleaseBatchesResponse> ListReleaseBatches(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListReleaseBatchesRequest& request);

}  // namespace continuo::contracts::app
