// The way back to one request's client: exactly one answer, from any thread, at any time.
//
//   void Handle(Request request, Responder responder) {           // on the I/O thread
//     pool.Post([request, responder = std::move(responder)]() mutable {
//       responder.Send({.status = 200, .body = Compute(request)});
//     });
//   }
//
// A client that has gone is no error: what is sent to it is thrown away. A responder destroyed
// without an answer answers 500; one destroyed in the middle of a stream closes the connection, so
// that the client sees that the body is not whole.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "libs/http/message.h"

namespace continuo::http {

class Mailbox;
struct Flow;

class Responder {
 public:
  // The edge makes them.
  Responder(std::shared_ptr<Mailbox> mailbox, int fd, uint64_t exchange, std::shared_ptr<Flow> flow);
  Responder(Responder&&) = default;
  Responder& operator=(Responder&&) = delete;
  ~Responder();

  // The whole answer. The last call.
  void Send(Response response);
  // The same, no sooner than `delay` from now. Until then it costs the connection and nothing else:
  // for clients whose next request need not come at once.
  void SendAfter(std::chrono::milliseconds delay, Response response);

  // Or a body in pieces: Begin, any number of Write, End. The body of `head` is its first piece.
  void Begin(Response head);
  // Waits while the client is behind by more than Limits::unsent_bytes: never call it on an I/O
  // thread. False when the client has gone, and there is no point in going on.
  bool Write(std::string piece);
  // The same without waiting: `ready(alive)` is called once when there is room for the next piece,
  // perhaps before this returns, on this or an I/O thread. It must not block.
  void Write(std::string piece, std::function<void(bool alive)> ready);
  void End();

  // False once the connection is closed.
  bool Alive() const;

 private:
  bool Post(std::string piece);

  std::shared_ptr<Mailbox> mailbox_;  // null after the answer
  int fd_;
  uint64_t exchange_;
  std::shared_ptr<Flow> flow_;
  bool streaming_ = false;
};

}  // namespace continuo::http
