#include "libs/events/event_type.h"

#include <google/protobuf/descriptor.h>

#include "continuo/type/v1/options.pb.h"

namespace continuo::events {

EventType EventTypeOf(const google::protobuf::Descriptor& descriptor) {
  const auto& rule = descriptor.options().GetExtension(type::v1::event);
  const std::string& package = descriptor.file()->package();
  const std::size_t begin = package.find('.') + 1;
  std::string owner = package.substr(begin, package.find('.', begin) - begin);
  if (owner == "type") owner.clear();
  return {.type = rule.type(), .topic = std::move(owner), .subject_prefix = rule.subject()};
}

}  // namespace continuo::events
