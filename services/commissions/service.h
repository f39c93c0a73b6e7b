// Who sold it, and what that earns: plans, participants, sale links, credits, statements.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::rpc {
class Methods;
}

namespace continuo::commissions {

runtime::ServiceDefinition Service();

// The operations under /v1/calculations: they need no database, so `continuo examples` runs them
// alone.
void OfferCalculations(rpc::Methods& methods);

}  // namespace continuo::commissions
