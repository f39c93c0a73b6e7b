#include "services/contracts/consumers/on_order_accepted.h"

#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/consumers.h"
#include "libs/postgres/transaction.h"
#include "libs/rpc/peers.h"
#include "services/contracts/app/change_contract.h"
#include "services/contracts/app/create_contract.h"

namespace continuo::contracts::consumers {

using quoting::v1::Order;
using quoting::v1::OrderAccepted;

void FollowAcceptedOrders(events::Consumers& consumers, rpc::Peers& peers) {
  consumers.On<OrderAccepted, Order>(
      [&peers](const events::Event& event, const OrderAccepted& accepted) {
        quoting::v1::GetOrderRequest request;
        request.set_id(accepted.id());
        return peers.Ask<Order>(events::CallFor("contracts", event),
                                "continuo.quoting.v1.QuotingService/GetOrder", request);
      },
      [](postgres::Transaction& tx, const events::Event&, const OrderAccepted& accepted,
         const Order& order) -> events::Outcome {
        const bool changes = order.kind() == quoting::v1::ORDER_KIND_CHANGE;
        RETURN_IF_FAULT(changes ? app::ChangeContract(tx, accepted, order)
                                : app::CreateContract(tx, accepted, order));
        return events::Done{};
      });
}

}  // namespace continuo::contracts::consumers
