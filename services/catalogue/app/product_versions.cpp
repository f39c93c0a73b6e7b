#include "services/catalogue/app/product_versions.h"

#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "libs/calendar/zone.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
Result<v1::ProductVersion> FindVersion(postgres::Transaction& tx, const std::string& product_id,
                                       int32_t number) {
  const postgres::Rows rows =
      tx.Run(sql::select_product_version, postgres::IdOrNull("prod", product_id), number);
  if (rows.empty()) {
    return NotFound("product version", product_id + "/versions/" + std::to_string(number));
  }
  v1::ProductVersion version;
  postgres::Fill(rows.front(), &version);
  return version;
}

calendar::Date DayOrToday(postgres::Transaction& tx, const std::string& text) {
  return text.empty() ? tx.Today(calendar::Zone::Utc()) : calendar::Date::Parse(text).value();
}

Result<v1::ProductVersion> VersionOnSale(postgres::Transaction& tx, const std::string& product_id,
                                         calendar::Date on, Customer customer) {
  ASSIGN_OR_RETURN(const v1::Product product, LoadProduct(tx, product_id));
  if (product.status() == v1::PRODUCT_STATUS_RETIRED) {
    return FailedPrecondition("PRODUCT_RETIRED",
                              "Product " + product.code() + " is no longer sold. Choose another.",
                              {{"product_id", product_id}});
  }
  const postgres::Parameter id = postgres::IdOrNull("prod", product_id);
  v1::ProductVersion version;
  if (customer == Customer::kExisting) {
    const postgres::Rows adopted = tx.Run(sql::select_adopted_version, id, on);
    if (!adopted.empty()) {
      postgres::Fill(adopted.front(), &version);
      return version;
    }
  }
  const postgres::Rows rows = tx.Run(sql::select_product_version_on_sale, id, on);
  if (rows.empty()) {
    return FailedPrecondition("PRODUCT_NOT_ON_SALE",
                              "No version of product " + product.code() + " is on sale on " +
                                  on.ToString() + ". Publish one that is effective by then.",
                              {{"product_id", product_id}, {"on", on.ToString()}});
  }
  postgres::Fill(rows.front(), &version);
  return version;
}

Result<v1::ProductVersion> GetProductVersion(postgres::Database& database, const rpc::Call& call,
                                             const v1::GetProductVersionRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::ProductVersion> {
    if (request.version() > 0) return FindVersion(tx, request.product_id(), request.version());
    return VersionOnSale(tx, request.product_id(), DayOrToday(tx, request.on()));
  });
}

Result<v1::ListProductVersionsResponse> ListProductVersions(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListProductVersionsRequest& request) {
  return database.Read(
      call, [&](postgres::Transaction& tx) -> Result<v1::ListProductVersionsResponse> {
        RETURN_IF_FAULT(LoadProduct(tx, request.product_id()));
        v1::ListProductVersionsResponse response;
        const postgres::Parameter of_product[] = {postgres::IdOrNull("prod", request.product_id()),
                                                  nullptr};
        RETURN_IF_FAULT(
            postgres::List(tx, {.select = sql::select_product_version, .parameters = of_product},
                           request, &response));
        return response;
      });
}

}  // namespace continuo::catalogue::app
