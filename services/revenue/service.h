// What is earned: see README.md.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::rpc {
class Methods;
}

namespace continuo::revenue {

runtime::ServiceDefinition Service();

// The operations under /v1/calculations: they need no database, so `continuo examples` runs them
// alone.
void OfferCalculations(rpc::Methods& methods);

}  // namespace continuo::revenue
