// What is earned: see README.md.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::revenue {

runtime::ServiceDefinition Service();

}  // namespace continuo::revenue
