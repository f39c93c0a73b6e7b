#include "libs/rpc/method_rules.h"

#include <google/protobuf/descriptor.h>

#include "continuo/type/v1/options.pb.h"
#include "libs/result/result.h"
#include "libs/rpc/peers.h"

namespace continuo::rpc {
namespace {

Idempotency FromProto(type::v1::Idempotency value) {
  switch (value) {
    case type::v1::IDEMPOTENCY_REQUIRED:
      return Idempotency::kRequired;
    case type::v1::IDEMPOTENCY_NATURAL:
      return Idempotency::kNatural;
    default:
      return Idempotency::kNone;
  }
}

Audience FromProto(type::v1::Audience value) {
  switch (value) {
    case type::v1::AUDIENCE_INTERNAL:
      return Audience::kInternal;
    case type::v1::AUDIENCE_PUBLIC:
      return Audience::kPublic;
    default:
      return Audience::kApi;
  }
}

IfMatch FromProto(type::v1::IfMatch value) {
  switch (value) {
    case type::v1::IF_MATCH_OPTIONAL:
      return IfMatch::kOptional;
    case type::v1::IF_MATCH_REQUIRED:
      return IfMatch::kRequired;
    default:
      return IfMatch::kNone;
  }
}

}  // namespace

std::string ServiceOf(std::string_view full_name) {
  constexpr std::string_view kRoot = "continuo.";
  if (!full_name.starts_with(kRoot)) return {};
  full_name.remove_prefix(kRoot.size());
  return std::string(full_name.substr(0, full_name.find('.')));
}

MethodRules RulesOf(const google::protobuf::MethodDescriptor& method) {
  const auto& rule = method.options().GetExtension(type::v1::method);
  MethodRules rules;
  rules.service = ServiceOf(method.full_name());
  rules.path = "/" + method.service()->full_name() + "/" + method.name();
  rules.action = rules.service + "." + method.name();
  rules.permission = rule.permission();
  rules.audience = FromProto(rule.audience());
  rules.idempotency = FromProto(rule.idempotency());
  rules.if_match = FromProto(rule.if_match());
  rules.sandbox_only = rule.sandbox_only();
  return rules;
}

Result<void> Peers::AskMessage(const Call& call, const std::string& method,
                               const google::protobuf::Message& request,
                               google::protobuf::Message& answer) {
  return AskMessageAt(ServiceOf(method), call, method, request, answer);
}

}  // namespace continuo::rpc
