// An order without a quote: priced as a quote is, and executed in the same transaction.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class CreateOrderRequest;
class Order;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Order> CreateOrder(const App& app, const rpc::Call& call,
                              const v1::CreateOrderRequest& request);

}  // namespace continuo::quoting::app
