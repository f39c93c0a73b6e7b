// From lead to won: accounts and the people there, leads, pipelines, opportunities.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::crm {

runtime::ServiceDefinition Service();

}  // namespace continuo::crm
