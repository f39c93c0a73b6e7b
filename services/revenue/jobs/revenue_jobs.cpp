#include "services/revenue/jobs/revenue_jobs.h"

#include "libs/runtime/jobs.h"
#include "services/revenue/app/recognise.h"

namespace continuo::revenue::jobs {

void Schedule(runtime::Jobs& jobs, const app::App& app) {
  jobs.Add({.name = "recognise_revenue",
            .next_due_at = app::NextRevenueAt,
            .run_slice = [app](const continuo::rpc::Call& call) {
              return app::RecogniseRevenue(app, call);
            }});
}

}  // namespace continuo::revenue::jobs
