// Quoting: from idea to executed agreement. See README.md.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::quoting {

runtime::ServiceDefinition Service();

}  // namespace continuo::quoting
