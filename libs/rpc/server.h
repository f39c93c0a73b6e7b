// One service's gRPC server: runs its Methods behind every check that the protos declare.
//
// For each call, in this order: the internal token is verified for this service as audience; the
// method's permission is checked; sandbox-only methods are refused elsewhere; the request is parsed
// and its field rules are checked (INVALID_REQUEST names each field); a missing Idempotency-Key or
// If-Match is refused; then the handler runs on a bounded pool. What a handler throws is an INTERNAL
// fault without details, and a log line with them.
//
// The methods need no generated service classes: they are registered from their descriptors, so that
// reflection and health see ordinary services. Without an address to listen on there is no gRPC at
// all: the services of one process call each other through Local().
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "libs/result/result.h"
#include "libs/rpc/call.h"
#include "libs/rpc/local_server.h"
#include "libs/rpc/methods.h"
#include "libs/rpc/token.h"

namespace continuo::rpc {

// Mutual TLS between processes: PEM files. Empty: plain text (one host, or a mesh that encrypts).
struct TlsFiles {
  std::string certificate, key, authority;
  bool used() const { return !certificate.empty(); }
};

// What happened, for metrics and logs.
struct CallRecord {
  const Call& call;
  std::string_view action;       // "billing.GetInvoice"
  const Fault* fault;            // null: served
  std::string_view internal;     // what an exception said; never sent to the caller
  std::chrono::nanoseconds duration;
};

struct ServerConfig {
  std::string service;
  std::string listen;            // "127.0.0.1:7001"; empty: calls of this process only
  TlsFiles tls;
  int threads = 8;
  size_t queue_limit = 1024;     // calls that wait for a thread; beyond: UNAVAILABLE
  bool sandbox = false;
  // Asked when an operation has found nothing, or a list shows nothing: whether it is to be run once more, since something was
  // learned meanwhile (access::LearnOfMiss). May block. Empty: a miss is a miss.
  std::function<bool(const Call&, const Message& request)> learn_of_miss;
  std::function<void(const CallRecord&)> observe;
};

class Server {
 public:
  // `methods` must outlive the server. Throws when the address cannot be bound.
  Server(ServerConfig config, TokenSigner signer, const Methods& methods);
  ~Server();

  // May outlive the server: what comes after Shutdown is refused as UNAVAILABLE.
  std::shared_ptr<LocalServer> Local();
  // Health as gRPC's own health service shows it.
  void SetServing(bool serving);
  // Stops accepting, lets running calls finish until `deadline`, cancels the rest.
  void Shutdown(std::chrono::system_clock::time_point deadline);

 private:
  struct Implementation;
  std::shared_ptr<Implementation> implementation_;
};

}  // namespace continuo::rpc
