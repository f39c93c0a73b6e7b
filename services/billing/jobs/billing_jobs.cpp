#include "services/billing/jobs/billing_jobs.h"

#include "libs/runtime/jobs.h"
#include "services/billing/app/advance_bill_run.h"
#include "services/billing/app/bill_run_schedules.h"
#include "services/billing/app/find_overdue.h"

namespace continuo::billing::jobs {

void Schedule(runtime::Jobs& jobs, const app::App& app) {
  jobs.Add({.name = "start_scheduled_runs",
            .next_due_at = app::NextScheduledRunAt,
            .run_slice = [app](const continuo::rpc::Call& call) {
              return app::StartScheduledRuns(app, call);
            }});
  jobs.Add({.name = "advance_bill_runs",
            .next_due_at = app::ActiveRunSince,
            .run_slice = [app](const continuo::rpc::Call& call) {
              return app::AdvanceBillRun(app, call);
            }});
  jobs.Add({.name = "find_overdue_invoices",
            .next_due_at = app::NextOverdueAt,
            .run_slice = [app](const continuo::rpc::Call& call) {
              return app::FindOverdue(app, call);
            }});
}

}  // namespace continuo::billing::jobs
