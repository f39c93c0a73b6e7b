// Published indices and their points.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::catalogue::v1 {
class AddIndexPointRequest;
class CreateIndexSeriesRequest;
class GetIndexSeriesRequest;
class IndexPoint;
class IndexSeries;
class ListIndexPointsRequest;
class ListIndexPointsResponse;
class ListIndexSeriesRequest;
class ListIndexSeriesResponse;
class UpdateIndexSeriesRequest;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::IndexSeries> CreateIndexSeries(postgres::Database& database, const rpc::Call& call,
                                          const v1::CreateIndexSeriesRequest& request);
Result<v1::IndexSeries> GetIndexSeries(postgres::Database& database, const rpc::Call& call,
                                       const v1::GetIndexSeriesRequest& request);
Result<v1::ListIndexSeriesResponse> ListIndexSeries(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::ListIndexSeriesRequest& request);
Result<v1::IndexSeries> UpdateIndexSeries(postgres::Database& database, const rpc::Call& call,
                                          const v1::UpdateIndexSeriesRequest& request);
Result<v1::IndexPoint> AddIndexPoint(postgres::Database& database, const rpc::Call& call,
                                     const v1::AddIndexPointRequest& request);
Result<v1::ListIndexPointsResponse> ListIndexPoints(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::ListIndexPointsRequest& request);

}  // namespace continuo::catalogue::app
