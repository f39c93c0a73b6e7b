#include "services/billing/service.h"

#include "services/billing/app/app.h"
#include "services/billing/consumers/consumers.h"
#include "services/billing/jobs/billing_jobs.h"
#include "services/billing/rpc/billing_rpc.h"
#include "services/billing/store/sql.h"

namespace continuo::billing {

runtime::ServiceDefinition Service() {
  return {.name = "billing",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire = [](runtime::Host& host) {
            const app::App app{.database = host.database, .peers = host.peers};
            Offer(host.methods, app);
            consumers::Subscribe(host.consumers, app);
            jobs::Schedule(host.jobs, app);
          }};
}

}  // namespace continuo::billing
