#include "libs/http/mailbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace continuo::http {

Mailbox::Mailbox() : event_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (event_fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Mailbox::~Mailbox() { ::close(event_fd_); }

bool Mailbox::Post(Command command) {
  bool was_empty = false;
  {
    std::lock_guard lock(mutex_);
    if (closed_) return false;
    was_empty = commands_.empty();
    commands_.push_back(std::move(command));
  }
  if (was_empty) ::eventfd_write(event_fd_, 1);
  return true;
}

std::vector<Command> Mailbox::Take() {
  eventfd_t count = 0;
  ::eventfd_read(event_fd_, &count);
  std::lock_guard lock(mutex_);
  return std::exchange(commands_, {});
}

void Mailbox::Close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  commands_.clear();
}

void Flow::Sent(size_t bytes) {
  std::function<void(bool)> call;
  {
    std::lock_guard lock(mutex);
    unsent_bytes -= bytes;
    if (!HasRoom()) return;
    call = std::exchange(ready, nullptr);
  }
  changed.notify_all();
  if (call) call(true);
}

void Flow::Die() {
  std::function<void(bool)> call;
  {
    std::lock_guard lock(mutex);
    dead = true;
    call = std::exchange(ready, nullptr);
  }
  changed.notify_all();
  if (call) call(false);
}

}  // namespace continuo::http
