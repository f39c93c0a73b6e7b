// The services of Continuo, in the order in which they are migrated and listen.
#pragma once

#include <string>
#include <vector>

#include "libs/result/result.h"
#include "libs/runtime/service.h"

namespace continuo {

// Those that have a database; the gateway has none and is no ServiceDefinition.
std::vector<runtime::ServiceDefinition> AllServices();

struct Selected {
  std::vector<runtime::ServiceDefinition> services;
  bool gateway = false;
};

// "all", or names separated by commas: "billing,revenue,gateway".
Result<Selected> SelectServices(const std::string& list);

// Peers and databases are set by service: a name that is none would be silently ignored.
Result<void> CheckServiceNames(const runtime::Config& config);

}  // namespace continuo
