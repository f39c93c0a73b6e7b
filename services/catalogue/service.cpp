#include "services/catalogue/service.h"

#include "services/catalogue/rpc/catalogue_rpc.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue {

runtime::ServiceDefinition Service() {
  return {.name = "catalogue",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire = [](runtime::Host& host) {
            OfferMethods(host.methods, {host.database, host.peers});
          }};
}

}  // namespace continuo::catalogue
