// Which facts commissions acts on: orders that were accepted, invoices that were issued.
#pragma once

namespace continuo::events {
class Consumers;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::commissions::consumers {

void Subscribe(events::Consumers& consumers, rpc::Peers& peers);

}  // namespace continuo::commissions::consumers
