// The ids of clauses and of what is said about them.
#pragma once

#include "libs/ids/id.h"

namespace continuo::quoting::domain {

using ClauseId = ids::Id<"cls">;
using QuoteClauseId = ids::Id<"qcls">;
using QuoteCommentId = ids::Id<"qcom">;

}  // namespace continuo::quoting::domain
