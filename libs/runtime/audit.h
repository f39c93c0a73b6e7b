// Audit entries: who changed what, from what to what, under which request.
//
// One for each command; one for what a job's transaction changed, and a consumer for one event, with
// counts ([decision 34](../../docs/decisions/0034-audit-of-own-work.md)). It is an event on the service's internal topic `<service>.audit`, written in that
// transaction and chained by directory. Personal data and secrets are left out (the options
// `personal`, `secret`, `shown_once` of a field say which), so the chain never has to be broken to
// erase a person.
#pragma once

#include <map>
#include <string>

#include "libs/postgres/database.h"

namespace continuo::runtime {

postgres::CommandHook AuditHook();
postgres::WorkHook WorkAuditHook();

// What an operator does to a service's machinery, which neither hook sees: an event dropped, a replay.
struct OperatorAction {
  std::string principal;  // who: "usr_..." or "operator" at the command line
  std::string action;     // "DropDeferredEvent"
  std::string subject_id;
  std::map<std::string, std::string> details;
};
void RecordOperatorAction(postgres::Transaction& tx, const OperatorAction& done);

}  // namespace continuo::runtime
