#include "services/quoting/service.h"

#include "libs/runtime/config.h"
#include "services/quoting/app/app.h"
#include "services/quoting/jobs/advance_renewal_runs.h"
#include "services/quoting/jobs/expire_quotes.h"
#include "services/quoting/rpc/quoting_rpc.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting {

runtime::ServiceDefinition Service() {
  return {.name = "quoting",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire = [](runtime::Host& host) {
            const app::App app{host.database, host.peers, host.config.PublicUrl()};
            Serve(app, host.methods);
            host.jobs.Add(jobs::ExpireQuotes(app));
            host.jobs.Add(jobs::AdvanceRenewalRuns(app));
          }};
}

}  // namespace continuo::quoting
