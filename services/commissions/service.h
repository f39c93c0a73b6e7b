// Who sold it, and what that earns: plans, participants, sale links, credits, statements.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::commissions {

runtime::ServiceDefinition Service();

}  // namespace continuo::commissions
