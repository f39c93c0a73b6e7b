// What runs for customers, both ways: contracts, schedules sold and bought, releases, purchases.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::contracts {

runtime::ServiceDefinition Service();

}  // namespace continuo::contracts
