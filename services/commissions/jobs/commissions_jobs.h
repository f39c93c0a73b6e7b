// What falls due in commissions: the statements of a month that is over.
#pragma once

#include "services/commissions/app/app.h"

namespace continuo::runtime {
class Jobs;
}

namespace continuo::commissions::jobs {

void Schedule(runtime::Jobs& jobs, const app::App& app);

}  // namespace continuo::commissions::jobs
