// A running process: the services it was told to run, wired to their databases, to the event
// transport and to each other.
//
//   Process process(config, {directory::Service(), crm::Service()});
//   process.Start();
//   ... until SIGTERM ...
//   process.Stop(deadline);      // drains, gives leases back
//
// It is the same for one service and for all of them: those in the process call each other directly,
// those elsewhere by gRPC over TCP, with the same tokens and checks.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "libs/runtime/config.h"
#include "libs/runtime/service.h"

namespace continuo::rpc {
class Channels;
}

namespace continuo::runtime {

class Metrics;

class Process {
 public:
  // Throws std::runtime_error with a sentence for the operator: an unreadable secret, an address
  // that is taken.
  Process(Config config, std::vector<ServiceDefinition> services);
  ~Process();

  void Start();
  void Stop(std::chrono::system_clock::time_point deadline);

  // Every service's database answers, so that calls can be served.
  bool Ready();
  rpc::Channels& channels();
  Metrics& metrics();
  const Config& config() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::runtime
