#include "services/quoting/app/orders.h"

#include "continuo/quoting/v1/order.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "services/quoting/app/show.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {

using postgres::Transaction;

Result<v1::Order> GetOrder(const App& app, const rpc::Call& call,
                           const v1::GetOrderRequest& request) {
  const Result<ids::OrderId> id = ids::OrderId::Parse(request.id());
  if (!id) return NotFound("order", request.id());
  return app.database.Read(call, [&](Transaction& tx) { return ShowOrder(tx, *id); });
}

Result<v1::ListOrdersResponse> ListOrders(const App& app, const rpc::Call& call,
                                          const v1::ListOrdersRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListOrdersResponse> {
    v1::ListOrdersResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_orders}, request, &response));
    CompleteOrders(tx, response.mutable_data());
    return response;
  });
}

}  // namespace continuo::quoting::app
