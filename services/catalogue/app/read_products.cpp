#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {

Result<v1::Product> GetProduct(postgres::Database& database, const rpc::Call& call,
                               const v1::GetProductRequest& request) {
  return database.Read(
      call, [&](postgres::Transaction& tx) { return LoadProduct(tx, request.id()); });
}

Result<v1::ListProductsResponse> ListProducts(postgres::Database& database, const rpc::Call& call,
                                              const v1::ListProductsRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::ListProductsResponse> {
    v1::ListProductsResponse response;
    const postgres::Parameter all[] = {nullptr};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_product, .parameters = all}, request,
                                   &response));
    return response;
  });
}

}  // namespace continuo::catalogue::app
