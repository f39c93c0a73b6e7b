// What falls due in revenue: what has been earned by the end of a local day.
#pragma once

#include "services/revenue/app/app.h"

namespace continuo::runtime {
class Jobs;
}

namespace continuo::revenue::jobs {

void Schedule(runtime::Jobs& jobs, const app::App& app);

}  // namespace continuo::revenue::jobs
