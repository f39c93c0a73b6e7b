// The answers that the edge gives itself: problem+json (RFC 9457) for a code of errors.proto.
//
//   RenderProblem("BODY_TOO_LARGE", "req_5f1c...")
//   // 413 {"type":"about:blank","title":"The body is too large","status":413,...}
//
// Status, title and remedy come from the option on the enum value; the gateway renders the faults
// of services, not this.
#pragma once

#include <string>
#include <string_view>

#include "libs/http/message.h"

namespace continuo::http {

Response RenderProblem(std::string_view code, std::string_view request_id);

// "req_" and 26 characters that nobody can guess.
std::string NewRequestId();

}  // namespace continuo::http
