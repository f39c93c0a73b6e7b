// What the protos say of a method, read once from its options.
#pragma once

#include <string>
#include <string_view>

namespace google::protobuf {
class MethodDescriptor;
}

namespace continuo::rpc {

enum class Idempotency { kNone, kRequired, kNatural };
enum class IfMatch { kNone, kOptional, kRequired };
enum class Audience { kApi, kInternal, kPublic };

struct MethodRules {
  std::string service;     // "billing"
  std::string path;        // "/continuo.billing.v1.BillingService/GetInvoice"
  std::string action;      // "billing.GetInvoice"
  std::string permission;  // empty: any principal, or a public method
  Audience audience = Audience::kApi;
  Idempotency idempotency = Idempotency::kNone;
  IfMatch if_match = IfMatch::kNone;
  bool sandbox_only = false;
};

MethodRules RulesOf(const google::protobuf::MethodDescriptor& method);

// "continuo.billing.v1.BillingService/GetInvoice" -> "billing"
std::string ServiceOf(std::string_view full_name);

}  // namespace continuo::rpc
