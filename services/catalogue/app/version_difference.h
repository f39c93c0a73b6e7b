// What two published versions of a product say differently.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::catalogue::v1 {
class GetProductVersionDifferenceRequest;
class ProductVersionDifference;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::ProductVersionDifference> GetProductVersionDifference(
    postgres::Database& database, const rpc::Call& call,
    const v1::GetProductVersionDifferenceRequest& request);

}  // namespace continuo::catalogue::app
