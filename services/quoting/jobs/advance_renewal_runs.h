// Quotes the contracts of renewal runs, a slice at a time.
#pragma once

#include "libs/runtime/jobs.h"
#include "services/quoting/app/app.h"

namespace continuo::quoting::jobs {

runtime::Job AdvanceRenewalRuns(const app::App& app);

}  // namespace continuo::quoting::jobs
