// A fault on its way between processes: serialised into gRPC's error details and back. What has no
// such detail (gRPC's own errors: a peer that is down, a deadline) becomes a fault by its code.
#pragma once

#include <string>

#include "libs/result/result.h"

namespace continuo::rpc {

std::string SerialiseFault(const Fault& fault);
// `code` and `message` are gRPC's own, used when `detail` is empty.
Fault ParseFault(int code, const std::string& message, const std::string& detail);

}  // namespace continuo::rpc
