// Published versions: reading them, and finding the one on sale.
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
class GetProductVersionRequest;
class ListProductVersionsRequest;
class ListProductVersionsResponse;
class ProductVersion;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::ListProductVersionsResponse> ListProductVersions(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListProductVersionsRequest& request);
Result<v1::ProductVersion> GetProductVersion(postgres::Database& database, const rpc::Call& call,
                                             const v1::GetProductVersionRequest& request);

// The version with a number, whatever has become of the product since.
Result<v1::ProductVersion> FindVersion(postgres::Transaction& tx, const std::string& product_id,
                                       int32_t number);
enum class Customer {
  kNew,
  kExisting,  // has bought the product before
};
// The version on sale on a day; to existing customers the one that they have been given by then, if any.
// PRODUCT_RETIRED, PRODUCT_NOT_ON_SALE, or NOT_FOUND.
Result<v1::ProductVersion> VersionOnSale(postgres::Transaction& tx, const std::string& product_id,
                                         calendar::Date on, Customer customer = Customer::kNew);
// A day from a request; the business clock's day in UTC when it names none.
calendar::Date DayOrToday(postgres::Transaction& tx, const std::string& text);

}  // namespace continuo::catalogue::app
