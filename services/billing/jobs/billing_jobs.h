// What falls due in billing: scheduled runs, the chunks of active runs, overdue invoices.
#pragma once

#include "services/billing/app/app.h"

namespace continuo::runtime {
class Jobs;
}

namespace continuo::billing::jobs {

void Schedule(runtime::Jobs& jobs, const app::App& app);

}  // namespace continuo::billing::jobs
