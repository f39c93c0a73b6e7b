// What we sell, with all its commercial behaviour, and whom we buy it from.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::catalogue {

runtime::ServiceDefinition Service();

}  // namespace continuo::catalogue
