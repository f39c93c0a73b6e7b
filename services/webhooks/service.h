// Tells other systems what has happened: webhooks, and the feed of events.
#pragma once

#include "libs/runtime/service.h"

namespace continuo::webhooks {

runtime::ServiceDefinition Service();

}  // namespace continuo::webhooks
