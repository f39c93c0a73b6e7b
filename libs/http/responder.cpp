#include "libs/http/responder.h"

#include <utility>

#include "libs/http/mailbox.h"

namespace continuo::http {

Responder::Responder(std::shared_ptr<Mailbox> mailbox, int fd, uint64_t exchange,
                     std::shared_ptr<Flow> flow)
    : mailbox_(std::move(mailbox)), fd_(fd), exchange_(exchange), flow_(std::move(flow)) {}

Responder::~Responder() {
  if (mailbox_) mailbox_->Post({Command::kAbandon, fd_, exchange_, {}, {}});
}

void Responder::Send(Response response) {
  if (auto mailbox = std::exchange(mailbox_, nullptr)) {
    mailbox->Post({Command::kSend, fd_, exchange_, std::move(response), {}});
  }
}

void Responder::SendAfter(std::chrono::milliseconds delay, Response response) {
  if (auto mailbox = std::exchange(mailbox_, nullptr)) {
    mailbox->Post({Command::kSendAfter, fd_, exchange_, std::move(response), delay});
  }
}

void Responder::Begin(Response head) {
  if (!mailbox_ || streaming_) return;
  streaming_ = true;
  std::string first = std::exchange(head.body, {});
  mailbox_->Post({Command::kBegin, fd_, exchange_, std::move(head), {}});
  if (!first.empty()) Post(std::move(first));
}

bool Responder::Write(std::string piece) {
  if (!mailbox_ || !streaming_) return false;
  if (piece.empty()) return Alive();
  {
    std::unique_lock lock(flow_->mutex);
    flow_->changed.wait(lock, [&] { return flow_->dead || flow_->HasRoom(); });
  }
  return Post(std::move(piece));
}

void Responder::Write(std::string piece, std::function<void(bool)> ready) {
  bool alive = mailbox_ && streaming_ && (piece.empty() ? Alive() : Post(std::move(piece)));
  if (alive) {
    std::lock_guard lock(flow_->mutex);
    alive = !flow_->dead;
    if (alive && !flow_->HasRoom()) {
      flow_->ready = std::move(ready);
      return;
    }
  }
  ready(alive);
}

void Responder::End() {
  if (auto mailbox = std::exchange(mailbox_, nullptr)) {
    mailbox->Post({streaming_ ? Command::kEnd : Command::kAbandon, fd_, exchange_, {}, {}});
  }
}

bool Responder::Alive() const {
  std::lock_guard lock(flow_->mutex);
  return !flow_->dead;
}

bool Responder::Post(std::string piece) {
  {
    std::lock_guard lock(flow_->mutex);
    if (flow_->dead) return false;
    flow_->unsent_bytes += piece.size();
  }
  Command command{Command::kPiece, fd_, exchange_, {}, {}};
  command.response.body = std::move(piece);
  return mailbox_->Post(std::move(command));
}

}  // namespace continuo::http
