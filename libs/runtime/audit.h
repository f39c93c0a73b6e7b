// The audit entry of a command: who changed what, from what to what, under which request.
//
// It is an event on the service's internal topic `<service>.audit`, written in the command's own
// transaction and chained by directory. Personal data and secrets are left out (the options
// `personal`, `secret`, `shown_once` of a field say which), so the chain never has to be broken to
// erase a person.
#pragma once

#include "libs/postgres/database.h"

namespace continuo::runtime {

postgres::CommandHook AuditHook();

}  // namespace continuo::runtime
