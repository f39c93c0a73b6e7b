// continuo.runtime.v1.RuntimeService, which every service offers beside its own methods.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace continuo::events {
class Relay;
struct Stream;
}  // namespace continuo::events
namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Methods;
}

namespace continuo::runtime {

class JobRunner;

struct RuntimeServiceParts {
  std::string service;
  std::vector<std::string> topics;  // that this service consumes
  postgres::Database& database;
  events::Relay& relay;
  JobRunner& jobs;
};

// `parts` must outlive the methods.
void OfferRuntimeService(RuntimeServiceParts& parts, rpc::Methods& methods);

}  // namespace continuo::runtime
