// If-Match against a row that is locked for the change.
//
//   const Rows found = tx.Run(sql::lock_account, id);
//   RETURN_IF_FAULT(CheckRevision(tx.call(), found.front().Int("revision")));
//
// Without If-Match, or with "*", any revision will do: that a method requires the header is the
// edge's to check.
#pragma once

#include <cstdint>

#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace continuo::postgres {

Result<void> CheckRevision(const rpc::Call& call, int64_t revision);

}  // namespace continuo::postgres
