#include "services/commissions/jobs/commissions_jobs.h"

#include "libs/runtime/jobs.h"
#include "services/commissions/app/make_statements.h"

namespace continuo::commissions::jobs {

void Schedule(runtime::Jobs& jobs, const app::App& app) {
  jobs.Add({.name = "make_commission_statements",
            .next_due_at = app::NextStatementsAt,
            .run_slice = [app](const continuo::rpc::Call& call) {
              return app::MakeStatements(app, call);
            }});
}

}  // namespace continuo::commissions::jobs
