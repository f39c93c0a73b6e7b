#include "services/contracts/app/read_releases.h"

#include "continuo/contracts/v1/schedule.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {

using postgres::Parameter;

Result<v1::GetReleaseListResponse> GetReleaseList(postgres::Database& database,
                                                  const rpc::Call& call,
                                                  const v1::GetReleaseListRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::GetReleaseListResponse> {
    v1::GetReleaseListRequest by_a_day = request;
    if (by_a_day.on().empty()) by_a_day.set_on(tx.Today(calendar::Zone::Utc()).ToString());
    const Parameter on[] = {by_a_day.on()};
    v1::GetReleaseListResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_release_list, .parameters = on},
                                   by_a_day, &response));
    return response;
  });
}

Result<v1::ReleaseBatch> GetReleaseBatch(postgres::Database& database, const rpc::Call& call,
                                         const v1::GetReleaseBatchRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::ReleaseBatch> {
    const Parameter id = postgres::IdOrNull("rb", request.id());
    const auto found = tx.Run(sql::select_release_batch, id);
    if (found.empty()) return NotFound("release_batch", request.id());
    v1::ReleaseBatch batch;
    postgres::Fill(found.front(), &batch);
    postgres::FillAll(tx.Run(sql::select_released_lines, id), batch.mutable_lines());
    return batch;
  });
}

Result<v1::ListReleaseBatchesResponse> ListReleaseBatches(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListReleaseBatchesRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::ListReleaseBatchesResponse> {
    v1::ListReleaseBatchesResponse response;
    const Parameter all[] = {nullptr};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_release_batch, .parameters = all},
                                   request, &response));
    return response;
  });
}

}  // namespace continuo::contracts::app
