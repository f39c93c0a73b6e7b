// One REST call on its way: from the request to the answer, across the threads it visits.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "libs/http/message.h"
#include "libs/http/responder.h"
#include "libs/result/result.h"
#include "libs/rpc/call.h"
#include "services/gateway/expand.h"
#include "services/gateway/routes.h"
#include "services/gateway/transcode.h"

namespace google::protobuf {
class Message;
}

namespace continuo::gateway {

class Authenticator;
class RateLimiter;

// What all exchanges share; outlives them.
struct EdgeParts {
  const Routes& routes;
  rpc::Channels& channels;
  Authenticator& authenticator;
  RateLimiter& limiter;
  std::function<void(const Route& route, int status, double seconds)> observe;
};

// Owns itself: lives until its answer is sent.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(const EdgeParts& parts, http::Request request, http::Responder responder);
  ~Exchange();

  // `extra` goes on every answer: CORS.
  void Start(http::Headers extra);

 private:
  Result<void> ReadHeaders();
  Result<void> CheckAccept() const;
  Result<void> Inflate();
  void Authenticate();
  void Admit();
  void Call();
  void Answered(Result<void> outcome);
  void Expanded(Result<void> outcome);
  void SendAnswer();
  void SendFault(Fault fault);
  void Deflate(http::Response* response) const;
  void Send(http::Response response);
  void LogAccess(const http::Response& response, double seconds) const;

  const EdgeParts& parts_;
  http::Request request_;
  http::Responder responder_;
  http::Headers extra_;
  RouteMatch match_;
  rpc::Call call_;
  Transcoded transcoded_;
  Expansions expansions_;
  json::Selection selection_;
  std::unique_ptr<google::protobuf::Message> answer_;
  std::string code_;  // of the fault that was answered
  std::chrono::milliseconds delay_{0};  // of the answer
  std::chrono::steady_clock::time_point received_;
};

// Bare or quoted, 1 to 255 printable ASCII characters.
Result<std::string> ReadIdempotencyKey(const std::string& header);

}  // namespace continuo::gateway
