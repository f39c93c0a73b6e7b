// The HTTP/1.1 edge: sockets in, requests to a handler, answers out.
//
//   ASSIGN_OR_RETURN(auto server, http::Server::Start({
//       .addresses = {"0.0.0.0", "::"}, .port = 8080, .threads = 2,
//       .handler = [&](Request request, Responder responder) {
//         gateway.Handle(std::move(request), std::move(responder));
//       }}));
//   ...
//   server->Drain(std::chrono::seconds(20));  // on SIGTERM
//
// Requests of one connection are answered one after the other, in their order. Malformed or
// excessive traffic is refused here with a problem+json; the handler sees whole, sound requests.
// TLS, HTTP/2 and gzip are a front proxy's work; so are virtual hosts.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/http/limits.h"
#include "libs/http/message.h"
#include "libs/http/responder.h"
#include "libs/result/result.h"

namespace continuo::http {

// Runs on an I/O thread: it must not block, but hand long work to other threads. An exception that
// leaves it is logged and answered with 500.
using Handler = std::function<void(Request request, Responder responder)>;

struct ServerOptions {
  std::vector<std::string> addresses = {"127.0.0.1", "::1"};  // IPv4 and IPv6 literals
  uint16_t port = 0;                                          // 0: any free one
  size_t threads = 1;
  Limits limits;
  Handler handler;
  // The largest body for a request, asked before any of it is read. Absent: limits.body_bytes.
  std::function<size_t(std::string_view method, std::string_view path)> body_limit;
};

class Server {
 public:
  // A fault when an address cannot be bound.
  static Result<std::unique_ptr<Server>> Start(ServerOptions options);
  // Closes what is open at once. Responders may outlive it.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  uint16_t Port() const;
  size_t Connections() const;
  // What all connections hold of requests and answers.
  size_t MemoryBytes() const;

  // Takes no more connections, lets requests in flight finish, closes. False when some were still
  // open at the deadline.
  bool Drain(std::chrono::milliseconds deadline);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace continuo::http
