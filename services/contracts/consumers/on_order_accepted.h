// An accepted order becomes a contract, with its schedules and purchases.
#pragma once

namespace continuo::events {
class Consumers;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::contracts::consumers {

void FollowAcceptedOrders(events::Consumers& consumers, rpc::Peers& peers);

}  // namespace continuo::contracts::consumers
