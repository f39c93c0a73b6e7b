// Orders are read, never changed: acceptance makes them.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class GetOrderRequest;
class ListOrdersRequest;
class ListOrdersResponse;
class Order;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Order> GetOrder(const App& app, const rpc::Call& call,
                           const v1::GetOrderRequest& request);
Result<v1::ListOrdersResponse> ListOrders(const App& app, const rpc::Call& call,
                                          const v1::ListOrdersRequest& request);

}  // namespace continuo::quoting::app
