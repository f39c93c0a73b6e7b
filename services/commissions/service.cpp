#include "services/commissions/service.h"

#include "services/commissions/consumers/consumers.h"
#include "services/commissions/rpc/commissions_rpc.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions {

runtime::ServiceDefinition Service() {
  return {.name = "commissions",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire = [](runtime::Host& host) {
            OfferMethods(host.methods, host.database);
            consumers::Subscribe(host.consumers, host.peers);
          }};
}

}  // namespace continuo::commissions
