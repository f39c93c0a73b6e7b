#include "libs/rpc/fault_detail.h"

#include "continuo/runtime/v1/internal.pb.h"

namespace continuo::rpc {
namespace {

// gRPC's own failures never name internals to a client: what went wrong is in the logs.
Fault TransportFault(int code, const std::string& message) {
  Fault fault{.code = static_cast<Code>(code)};
  switch (fault.code) {
    case Code::kDeadlineExceeded:
      fault.reason = "DEADLINE_EXCEEDED";
      fault.message = "The operation did not finish in time. Repeat it with the same key.";
      break;
    case Code::kUnimplemented:
      fault.reason = "UNIMPLEMENTED";
      fault.message = "This operation is not offered here.";
      break;
    case Code::kUnavailable:
    case Code::kCancelled:
    case Code::kResourceExhausted:
      fault.code = Code::kUnavailable;
      fault.reason = "UNAVAILABLE";
      fault.message = "A part of the system cannot be reached. Repeat in a moment.";
      break;
    default:
      fault.code = Code::kInternal;
      fault.reason = "INTERNAL";
      fault.message = "An error on our side. Quote the request id if it persists.";
  }
  fault.metadata["transport"] = message;
  return fault;
}

}  // namespace

std::string SerialiseFault(const Fault& fault) {
  runtime::v1::FaultDetail detail;
  detail.set_code(static_cast<int>(fault.code));
  detail.set_reason(fault.reason);
  detail.set_message(fault.message);
  for (const auto& [key, value] : fault.metadata) (*detail.mutable_metadata())[key] = value;
  for (const auto& violation : fault.violations) {
    auto* out = detail.add_violations();
    out->set_pointer(violation.pointer);
    out->set_code(violation.code);
    out->set_detail(violation.detail);
  }
  return detail.SerializeAsString();
}

Fault ParseFault(int code, const std::string& message, const std::string& detail) {
  runtime::v1::FaultDetail parsed;
  if (detail.empty() || !parsed.ParseFromString(detail) || parsed.reason().empty()) {
    return TransportFault(code, message);
  }
  Fault fault{.code = static_cast<Code>(parsed.code()),
              .reason = parsed.reason(),
              .message = parsed.message()};
  for (const auto& [key, value] : parsed.metadata()) fault.metadata[key] = value;
  for (const auto& violation : parsed.violations()) {
    fault.violations.push_back({violation.pointer(), violation.code(), violation.detail()});
  }
  return fault;
}

}  // namespace continuo::rpc
