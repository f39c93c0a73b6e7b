// What runs for customers, both ways: contracts, schedules sold and bought, releases, purchases.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::rpc {
class Methods;
}

namespace continuo::contracts {

runtime::ServiceDefinition Service();

// The operations under /v1/calculations: they need no database, so `continuo examples` runs them
// alone.
void OfferCalculations(rpc::Methods& methods);

}  // namespace continuo::contracts
