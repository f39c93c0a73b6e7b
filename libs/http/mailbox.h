// What crosses from handlers' threads to the I/O thread of a connection.
//
// An answer names its connection by file descriptor *and* exchange, a number that no two requests
// of the process share: descriptors are reused the moment a client leaves, and an answer must never
// reach the next client. Private to libs/http.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

#include "libs/http/message.h"

namespace continuo::http {

struct Command {
  enum Kind { kSend, kSendAfter, kBegin, kPiece, kEnd, kAbandon, kDrain, kContinue };
  Kind kind = kSend;
  int fd = -1;
  uint64_t exchange = 0;
  Response response;
  std::chrono::milliseconds delay{0};  // of kSendAfter
};

// One for each I/O thread. Bounded by the connections: each has one answer, or a stream that Flow
// holds back.
class Mailbox {
 public:
  Mailbox();
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  int event_fd() const { return event_fd_; }
  // False once closed: nobody reads any more.
  bool Post(Command command);
  std::vector<Command> Take();
  void Close();

 private:
  std::mutex mutex_;
  std::vector<Command> commands_;
  bool closed_ = false;
  int event_fd_;
};

// Back-pressure of one exchange: the handler adds what it writes, the connection takes away what the
// client has taken.
struct Flow {
  explicit Flow(size_t unsent_bytes_max) : unsent_bytes_max(unsent_bytes_max) {}

  const size_t unsent_bytes_max;
  std::mutex mutex;
  std::condition_variable changed;
  size_t unsent_bytes = 0;
  bool dead = false;
  std::function<void(bool)> ready;  // waits for room

  bool HasRoom() const { return unsent_bytes < unsent_bytes_max; }
  void Sent(size_t bytes);
  void Die();
};

}  // namespace continuo::http
