// directory: who the company is, and who may do what.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::directory {

runtime::ServiceDefinition Service();

}  // namespace continuo::directory
