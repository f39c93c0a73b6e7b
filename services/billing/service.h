// Documents and money owed: see README.md.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::billing {

runtime::ServiceDefinition Service();

}  // namespace continuo::billing
