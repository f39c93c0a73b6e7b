#include "services/quoting/jobs/advance_renewal_runs.h"

#include "services/quoting/app/renewal_runs.h"

namespace continuo::quoting::jobs {

runtime::Job AdvanceRenewalRuns(const app::App& app) {
  return {.name = "advance_renewal_runs",
          .next_due_at = app::RenewalRunSince,
          .run_slice = [app](const rpc::Call& call) { return app::AdvanceRenewalRun(app, call); }};
}

}  // namespace continuo::quoting::jobs
