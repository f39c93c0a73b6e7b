#include "services/contracts/service.h"

#include "services/contracts/consumers/on_order_accepted.h"
#include "services/contracts/jobs/release_due_lines.h"
#include "services/contracts/rpc/contracts_rpc.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts {

runtime::ServiceDefinition Service() {
  runtime::ServiceDefinition service;
  service.name = "contracts";
  service.migrations = sql::migrations();
  service.holds_account_data = true;
  service.wire = [](runtime::Host& host) {
    OfferMethods(host.methods, host.database, host.peers);
    consumers::FollowAcceptedOrders(host.consumers, host.peers);
    jobs::ReleaseDueLines(host.jobs, host.database);
  };
  return service;
}

}  // namespace continuo::contracts
