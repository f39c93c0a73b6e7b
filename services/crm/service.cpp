#include "services/crm/service.h"

#include "services/crm/consumers/consumers.h"
#include "services/crm/rpc/crm_rpc.h"
#include "services/crm/store/sql.h"

namespace continuo::crm {

runtime::ServiceDefinition Service() {
  return {.name = "crm",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire = [](runtime::Host& host) {
            OfferMethods(host.methods, host.database);
            consumers::Subscribe(host.consumers);
          }};
}

}  // namespace continuo::crm
