// A document of any length on its way to one client, piece after piece.
//
// A piece is asked for when the client has taken most of the one before, so a document costs the gateway
// one piece and what the connection holds unsent, however long it is and however slow its reader; and the
// service neither a thread nor a transaction between two pieces (docs/decisions/0031). Who leaves is not
// asked for again. What fails in the middle closes the connection: half a document never looks like a
// whole one.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "libs/http/message.h"
#include "libs/result/result.h"
#include "services/gateway/content_coding.h"

namespace continuo::http {
class Responder;
}

namespace continuo::gateway {

struct Piece {
  std::string bytes;
  std::string next;  // what to ask the next one by; empty: the last one
};

class PieceRun : public std::enable_shared_from_this<PieceRun> {
 public:
  using Asked = std::function<void(Result<Piece> piece)>;
  struct Plan {
    std::shared_ptr<http::Responder> responder;
    // Must not block; calls `asked` once, on any thread.
    std::function<void(const std::string& next, Asked asked)> ask;
    // Once, at the end: bytes of the body, and why it is not whole, for the log.
    std::function<void(size_t bytes, const std::string& code)> ended;
    bool gzip = false;
  };

  // Null when as many documents are on their way as may be.
  static std::shared_ptr<PieceRun> Seat(std::atomic<int>& running, Plan plan);
  ~PieceRun();

  void Start(http::Response head, Piece first);

 private:
  PieceRun(std::atomic<int>& running, Plan plan);
  void Give(Piece piece);
  void Ask(const std::string& next);
  void Break(const std::string& code);

  std::atomic<int>& running_;
  Plan plan_;
  std::optional<GzipStream> gzip_;
  size_t bytes_ = 0;
  std::chrono::steady_clock::time_point until_;
};

}  // namespace continuo::gateway
