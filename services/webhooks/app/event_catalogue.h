// Every event type that the protos of this release publish, and who may read of it.
//
//   FindType("invoice.issued")->permission == "invoices.read"
//   ReadableTypes(principal)   // what GET /v1/events shows to them
//
// An event shows no more than its subject would: its permission is that of reading the resource.
// Where the subject is no resource of the API, only those who see all may read of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class Descriptor;
}
namespace continuo::rpc {
struct Principal;
}

namespace continuo::webhooks::app {

struct EventType {
  std::string type;   // "invoice.issued"
  std::string topic;  // "billing"
  bool internal = false;
  std::string permission;  // "invoices.read"; empty: whoever sees all
  const google::protobuf::Descriptor* data = nullptr;
};

// Internal ones too. In the order of their types.
const std::vector<EventType>& EventTypes();
// Null when this release does not know it.
const EventType* FindType(std::string_view type);

bool MayRead(const rpc::Principal& principal, const EventType& type);
// The names of the public types that the caller may read of.
std::vector<std::string> ReadableTypes(const rpc::Principal& principal);

}  // namespace continuo::webhooks::app
