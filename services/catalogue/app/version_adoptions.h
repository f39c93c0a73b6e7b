// From when existing customers are sold a version.
#pragma once

#include <string>

#include "libs/calendar/date.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::rpc {
struct Call;
}
namespace continuo::catalogue::v1 {
class CreateVersionAdoptionRequest;
class GetVersionAdoptionRequest;
class ListVersionAdoptionsRequest;
class ListVersionAdoptionsResponse;
class VersionAdoption;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::VersionAdoption> CreateVersionAdoption(postgres::Database& database,
                                                  const rpc::Call& call,
                                                  const v1::CreateVersionAdoptionRequest& request);
Result<v1::VersionAdoption> GetVersionAdoption(postgres::Database& database, const rpc::Call& call,
                                               const v1::GetVersionAdoptionRequest& request);
Result<v1::ListVersionAdoptionsResponse> ListVersionAdoptions(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListVersionAdoptionsRequest& request);

// Appends one; its id. The version exists.
std::string Adopt(postgres::Transaction& tx, const std::string& product_id, int32_t version,
                  calendar::Date effective_from, const std::string& reason);

}  // namespace continuo::catalogue::app
