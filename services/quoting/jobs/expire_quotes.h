// Quotes that were handed in expire when their last day is over in their division's zone. Drafts do
// not: nobody waits for them, and submit checks the day.
#pragma once

#include "libs/runtime/jobs.h"
#include "services/quoting/app/app.h"

namespace continuo::quoting::jobs {

runtime::Job ExpireQuotes(const app::App& app);

}  // namespace continuo::quoting::jobs
