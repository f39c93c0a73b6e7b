// Which facts crm acts on: those of quoting. Deals are opened, valued and won by them.
#pragma once

namespace continuo::events {
class Consumers;
}

namespace continuo::crm::consumers {

void Subscribe(events::Consumers& consumers);

}  // namespace continuo::crm::consumers
