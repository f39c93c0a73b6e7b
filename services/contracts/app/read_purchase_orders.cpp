#include "services/contracts/app/read_purchase_orders.h"

#include "continuo/contracts/v1/purchase_order.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {

using postgres::Parameter;

Result<v1::PurchaseOrder> LoadPurchaseOrder(postgres::Transaction& tx, const std::string& id) {
  const Parameter uuid = postgres::IdOrNull("po", id);
  const auto found = tx.Run(sql::select_purchase_order, uuid);
  if (found.empty()) return NotFound("purchase_order", id);
  v1::PurchaseOrder order;
  postgres::Fill(found.front(), &order);
  postgres::FillAll(tx.Run(sql::select_purchase_order_lines, uuid), order.mutable_lines());
  return order;
}

Result<v1::PurchaseOrder> GetPurchaseOrder(postgres::Database& database, const rpc::Call& call,
                                           const v1::GetPurchaseOrderRequest& request) {
  return database.Read(
      call, [&](postgres::Transaction& tx) { return LoadPurchaseOrder(tx, request.id()); });
}

Result<v1::ListPurchaseOrdersResponse> ListPurchaseOrders(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListPurchaseOrdersRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::ListPurchaseOrdersResponse> {
    v1::ListPurchaseOrdersResponse response;
    const Parameter all[] = {nullptr};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_purchase_order, .parameters = all},
                                   request, &response));
    return response;
  });
}

}  // namespace continuo::contracts::app
