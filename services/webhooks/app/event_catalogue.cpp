#include "services/webhooks/app/event_catalogue.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>

#include "continuo/type/v1/options.pb.h"
#include "libs/rpc/call.h"
#include "libs/rpc/proto_files.h"
#include "libs/rpc/method_rules.h"

namespace continuo::webhooks::app {
namespace {

using google::protobuf::Descriptor;

template <class Visit>
void ForEachMessage(Visit visit) {
  for (const auto* file : rpc::LinkedProtoFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) visit(*file->message_type(i));
  }
}

// "inv" -> "invoices.read"
std::map<std::string, std::string> ReadPermissions() {
  std::map<std::string, std::string> permissions;
  ForEachMessage([&](const Descriptor& message) {
    const auto& rule = message.options().GetExtension(type::v1::resource);
    if (!rule.id().empty()) permissions[rule.id()] = rule.plural() + ".read";
  });
  return permissions;
}

std::vector<EventType> CollectTypes() {
  std::vector<EventType> types;
  const auto permissions = ReadPermissions();
  ForEachMessage([&](const Descriptor& message) {
    const auto& rule = message.options().GetExtension(type::v1::event);
    if (rule.type().empty()) return;
    const auto permission = permissions.find(rule.subject());
    types.push_back({.type = rule.type(),
                     .topic = rpc::ServiceOf(message.full_name()),
                     .internal = rule.internal(),
                     .permission = permission == permissions.end() ? "" : permission->second,
                     .data = &message});
  });
  std::ranges::sort(types, {}, &EventType::type);
  return types;
}

}  // namespace

const std::vector<EventType>& EventTypes() {
  static const std::vector<EventType> types = CollectTypes();
  return types;
}

const EventType* FindType(std::string_view type) {
  const auto& types = EventTypes();
  const auto found = std::ranges::lower_bound(types, type, {}, &EventType::type);
  return found != types.end() && found->type == type ? &*found : nullptr;
}

bool MayRead(const rpc::Principal& principal, const EventType& type) {
  if (type.internal) return false;
  if (type.permission.empty()) return principal.sees_all;
  return rpc::Grants(principal.permissions, type.permission);
}

std::vector<std::string> ReadableTypes(const rpc::Principal& principal) {
  std::vector<std::string> readable;
  for (const EventType& type : EventTypes()) {
    if (MayRead(principal, type)) readable.push_back(type.type);
  }
  return readable;
}

}  // namespace continuo::webhooks::app
