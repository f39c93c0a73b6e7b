// One REST call on its way: from the request to the answer, across the threads it visits.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "libs/http/message.h"
#include "libs/result/result.h"
#include "libs/rpc/call.h"
#include "services/gateway/expand.h"
#include "services/gateway/pieces.h"
#include "services/gateway/routes.h"
#include "services/gateway/transcode.h"

namespace google::protobuf {
class Message;
}

namespace continuo::gateway {

class Authenticator;
class ClientAddresses;
class RateLimiter;

// What all exchanges share; outlives them.
struct EdgeParts {
  const Routes& routes;
  rpc::Channels& channels;
  Authenticator& authenticator;
  RateLimiter& limiter;         // by key or user
  RateLimiter& public_limiter;  // by client address
  const ClientAddresses& addresses;
  std::atomic<int>& documents;  // on their way in pieces
  std::function<void(const Route& route, int status, double seconds)> observe;
};

// Owns itself: lives until its answer is sent.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  // Called once, on any thread: the answer, and how long to keep it back.
  using Answer = std::function<void(http::Response response, std::chrono::milliseconds delay)>;

  // `pieces`: the same way back, for an answer in pieces; null where there can be none.
  Exchange(const EdgeParts& parts, http::Request request, Answer answer,
           std::shared_ptr<http::Responder> pieces = nullptr);
  ~Exchange();

  // `extra` goes on every answer: CORS.
  void Start(http::Headers extra);
  // As one call of the batch that `call` is: the same caller, request id and deadline.
  void StartWithin(const rpc::Call& call, RouteMatch match);

 private:
  Result<void> ReadHeaders();
  Result<void> CheckAccept() const;
  Result<void> Inflate();
  void Authenticate();
  void Admit();
  void AdmitPublic();
  bool IsPublic() const;
  bool WantsPage() const;
  void Call();
  void CallBatch();
  Result<void> CheckPermission() const;
  void Answered(Result<void> outcome);
  void Expanded(Result<void> outcome);
  void SendAnswer();
  std::string LocationOf(const std::string& id) const;
  void SendRaw(http::Response response);
  void SendPieces(http::Response head, Piece first);
  void AskPiece(const std::string& next, PieceRun::Asked asked);
  void AskPieceAs(rpc::Principal principal, const std::string& next, PieceRun::Asked asked);
  void SendJson(std::string json);
  void SendFault(Fault fault);
  void Deflate(http::Response* response) const;
  void Seal(http::Response* response);
  void Send(http::Response response);
  void Record(int status, size_t bytes) const;

  const EdgeParts& parts_;
  http::Request request_;
  Answer send_;
  std::shared_ptr<http::Responder> pieces_;
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
