#include "services/webhooks/jobs/secrets_job.h"

#include "libs/postgres/database.h"
#include "libs/runtime/jobs.h"
#include "services/webhooks/app/expired_secrets.h"

namespace continuo::webhooks::jobs {

void ForgetSecrets(runtime::Jobs& jobs, postgres::Database& database) {
  jobs.Add({.name = "forget_secrets",
            .next_due_at = [](postgres::Transaction& tx)
                -> Result<std::optional<calendar::Instant>> {
              if (!app::HasExpiredSecrets(tx)) return std::nullopt;
              return tx.now();
            },
            .run_slice = [&database](const rpc::Call& call) {
              return app::ForgetExpiredSecrets(database, call);
            }});
}

}  // namespace continuo::webhooks::jobs
