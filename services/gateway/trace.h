// W3C trace context: the caller's trace goes on, under a span of ours; without one, a trace begins.
#pragma once

#include <string>

namespace continuo::gateway {

// `traceparent`: the header's value, null or malformed when there is none.
std::string ContinueTrace(const std::string* traceparent);

}  // namespace continuo::gateway
