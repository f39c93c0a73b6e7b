// The ids of renewal runs and of the contracts in them.
#pragma once

#include "libs/ids/id.h"

namespace continuo::quoting::domain {

using RenewalRunId = ids::Id<"rnr">;
using RenewalId = ids::Id<"rnw">;

}  // namespace continuo::quoting::domain
