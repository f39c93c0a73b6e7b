#include "services/revenue/service.h"

#include "services/revenue/app/app.h"
#include "services/revenue/consumers/consumers.h"
#include "services/revenue/jobs/revenue_jobs.h"
#include "services/revenue/rpc/revenue_rpc.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue {

runtime::ServiceDefinition Service() {
  return {.name = "revenue",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire = [](runtime::Host& host) {
            const app::App app{.database = host.database, .peers = host.peers};
            Offer(host.methods, app);
            consumers::Subscribe(host.consumers, app);
            jobs::Schedule(host.jobs, app);
          }};
}

}  // namespace continuo::revenue
