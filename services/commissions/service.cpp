#include "services/commissions/service.h"

#include "services/commissions/app/app.h"
#include "services/commissions/consumers/consumers.h"
#include "services/commissions/jobs/commissions_jobs.h"
#include "services/commissions/rpc/commissions_rpc.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions {

runtime::ServiceDefinition Service() {
  return {.name = "commissions",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire = [](runtime::Host& host) {
            const app::App app{.database = host.database, .peers = host.peers};
            Offer(host.methods, app);
            consumers::Subscribe(host.consumers, app);
            jobs::Schedule(host.jobs, app);
          }};
}

}  // namespace continuo::commissions
