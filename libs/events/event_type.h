// What a message's option `event` and its package say of it. Private to libs/events.
#pragma once

#include <string>

namespace google::protobuf {
class Descriptor;
}

namespace continuo::events {

struct EventType {
  std::string type;            // "order.accepted"; empty: the message is no event
  std::string topic;           // continuo.quoting.v1 -> "quoting"; the shared package -> ""
  std::string subject_prefix;  // "ord"
};
EventType EventTypeOf(const google::protobuf::Descriptor& descriptor);

}  // namespace continuo::events
