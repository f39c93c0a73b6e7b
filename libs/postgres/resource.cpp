#include "libs/postgres/resource.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <stdexcept>

#include "continuo/type/v1/options.pb.h"
#include "libs/json/write.h"

namespace continuo::postgres {
namespace {

const type::v1::ResourceRule& RuleOf(const google::protobuf::Descriptor* kind) {
  const auto& rule = kind->options().GetExtension(type::v1::resource);
  if (rule.id().empty()) throw std::logic_error(kind->full_name() + " is no resource");
  return rule;
}

}  // namespace

Parameter IdOf(const google::protobuf::Descriptor* kind, const std::string& id) {
  return IdOrNull(RuleOf(kind).id(), id);
}

Failure NoSuch(const google::protobuf::Descriptor* kind, const std::string& id) {
  return NotFound(RuleOf(kind).singular(), id);
}

std::string Document(const google::protobuf::Message& message) {
  std::string text;
  json::WriteMessage(message, &text);
  return text;
}

}  // namespace continuo::postgres
