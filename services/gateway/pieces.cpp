#include "services/gateway/pieces.h"

#include <utility>

#include "libs/http/responder.h"

namespace continuo::gateway {
namespace {

using Clock = std::chrono::steady_clock;

// Each holds up to 256 kB unsent, a piece and zlib's 256 kB.
constexpr int kDocumentsAtOnce = 64;
// A reader who takes a little before each stall deadline is done by then.
constexpr std::chrono::minutes kLongest{10};

}  // namespace

std::shared_ptr<PieceRun> PieceRun::Seat(std::atomic<int>& running, Plan plan) {
  if (running.fetch_add(1) < kDocumentsAtOnce) {
    return std::shared_ptr<PieceRun>(new PieceRun(running, std::move(plan)));
  }
  --running;
  return nullptr;
}

PieceRun::PieceRun(std::atomic<int>& running, Plan plan)
    : running_(running), plan_(std::move(plan)), until_(Clock::now() + kLongest) {
  if (plan_.gzip) gzip_.emplace();
}

PieceRun::~PieceRun() { --running_; }

void PieceRun::Start(http::Response head, Piece first) {
  plan_.responder->Begin(std::move(head));
  Give(std::move(first));
}

void PieceRun::Give(Piece piece) {
  const bool last = piece.next.empty();
  std::string bytes = gzip_ ? gzip_->Add(piece.bytes, last) : std::move(piece.bytes);
  bytes_ += bytes.size();
  if (last) {
    plan_.responder->Write(std::move(bytes), [](bool) {});
    plan_.responder->End();
    return plan_.ended(bytes_, "");
  }
  plan_.responder->Write(std::move(bytes),
                         [self = shared_from_this(), next = std::move(piece.next)](bool alive) {
                           if (alive) return self->Ask(next);
                           self->Break("CLIENT_LEFT");
                         });
}

void PieceRun::Ask(const std::string& next) {
  if (Clock::now() > until_) return Break("DEADLINE_EXCEEDED");
  plan_.ask(next, [self = shared_from_this()](Result<Piece> piece) {
    if (!piece) return self->Break(piece.error().reason);
    self->Give(std::move(*piece));
  });
}

// The responder goes without an end, and with it the connection.
void PieceRun::Break(const std::string& code) { plan_.ended(bytes_, code); }

}  // namespace continuo::gateway
