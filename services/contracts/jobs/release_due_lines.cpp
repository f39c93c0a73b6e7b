#include "services/contracts/jobs/release_due_lines.h"

#include "libs/postgres/database.h"
#include "libs/runtime/jobs.h"
#include "services/contracts/app/release_lines.h"

namespace continuo::contracts::jobs {

void ReleaseDueLines(runtime::Jobs& jobs, postgres::Database& database) {
  jobs.Add({.name = "release_due_lines",
            .next_due_at = [](postgres::Transaction& tx) { return app::NextReleaseAt(tx); },
            .run_slice =
                [&database](const rpc::Call& call) {
                  return app::ReleaseSlice(database, call, app::kSliceLinesMax);
                }});
}

}  // namespace continuo::contracts::jobs
