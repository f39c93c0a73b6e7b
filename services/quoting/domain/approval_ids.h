// The ids of approvals; nobody else's data names them.
#pragma once

#include "libs/ids/id.h"

namespace continuo::quoting::domain {

using ApprovalPolicyId = ids::Id<"apol">;
using ApprovalId = ids::Id<"appr">;

}  // namespace continuo::quoting::domain
