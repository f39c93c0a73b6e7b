// A REST call into the request message of its RPC, and the answer message into JSON.
//
//   POST /v1/quotes/quo_1/approve?  {"version": 2}  ->  ApproveQuoteRequest{id: quo_1, version: 2}
//
// Where each part goes is said by the route alone: path variables and query parameters are fields
// of the request, the body is one of its fields or the rest of it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/http/message.h"
#include "libs/json/write.h"
#include "libs/result/result.h"
#include "services/gateway/routes.h"

namespace google::protobuf {
class Message;
}

namespace continuo::gateway {

// What fields with the option `edge` are filled with; empty: there is none.
struct EdgeValues {
  std::string accept;
  std::string user_agent;
  std::string client_address;
};

struct RestCall {
  const RouteMatch& match;
  const std::vector<http::Parameter>& query;  // decoded, in the order of the URL
  std::string_view body;
  std::string_view content_type;  // as sent; empty: none
  EdgeValues edge = {};
};

// What the caller wants to see of the answer; not for the service.
struct View {
  std::string fields;                // `fields=`, comma separated
  std::vector<std::string> expand;   // `expand[]=account`
  bool plain() const { return fields.empty() && expand.empty(); }
};

struct Transcoded {
  std::unique_ptr<google::protobuf::Message> request;
  View view;
};

// 400 INVALID_REQUEST, MALFORMED_JSON or UNKNOWN_PARAMETER, 404 for a malformed id in the path,
// 415 for a body of another type.
Result<Transcoded> ToRequest(const RestCall& call);

// The JSON of a body, which may be absent; 415 when it is something else.
Result<std::string_view> JsonText(std::string_view body, std::string_view content_type);

Failure UnknownParameter(const std::string& name);

// Violations of a request message point into the message; callers see only the body.
void PointIntoBody(const Route& route, Fault* fault);

// `"7"` for a resource whose revision is 7; none for what has no revision.
std::optional<std::string> EtagOf(const google::protobuf::Message& answer);

}  // namespace continuo::gateway
