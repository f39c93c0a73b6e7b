// The facts that directory acts on: crm's accounts, its own links, everybody's audit entries.
#pragma once

#include <span>
#include <string_view>

namespace continuo::events {
class Consumers;
}

namespace continuo::directory::consumers {

// `audited`: the services whose audit entries are chained.
void Subscribe(events::Consumers& consumers, std::span<const std::string_view> audited);

}  // namespace continuo::directory::consumers
