#include "services/webhooks/jobs/feed_job.h"

#include "libs/postgres/database.h"
#include "libs/runtime/jobs.h"
#include "services/webhooks/app/place_events.h"

namespace continuo::webhooks::jobs {

void PlaceEvents(runtime::Jobs& jobs, postgres::Database& database) {
  jobs.Add({.name = "place_events",
            .next_due_at = [](postgres::Transaction& tx)
                -> Result<std::optional<calendar::Instant>> {
              if (!app::HasUnplacedEvents(tx)) return std::nullopt;
              return tx.now();
            },
            .run_slice = [&database](const rpc::Call& call) {
              return app::PlaceEvents(database, call);
            },
            .keeps_own_record = true});
}

}  // namespace continuo::webhooks::jobs
