// The edge of Continuo: HTTP in, gRPC out, and nothing of its own in between.
//
// Stateless; it matches the route, authenticates, transcodes, calls the service that owns the
// method and writes the answer. There is no code for any single endpoint: what a call may do, must
// carry and answers is read from the protos.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "libs/runtime/config.h"

namespace continuo::rpc {
class Channels;
}
namespace continuo::runtime {
class Metrics;
}

namespace continuo::gateway {

class Gateway {
 public:
  // Listens from here on. Throws std::runtime_error when the address is taken.
  Gateway(const runtime::Config& config, rpc::Channels& channels, runtime::Metrics& metrics);
  ~Gateway();

  int port() const;
  // Stops accepting and lets running requests end.
  void Drain(std::chrono::milliseconds patience);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::gateway
