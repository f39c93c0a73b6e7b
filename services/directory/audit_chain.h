// Checks the audit trail, for `continuo verify`: every entry's hash is recomputed from the first on.
//
//   const auto report = VerifyAuditChain(database, Call::AsService("directory", request_id));
//   report->broken_at                 // nothing: no entry was changed, removed or put in
#pragma once

#include <cstdint>
#include <optional>

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}

namespace continuo::directory {

struct AuditChainReport {
  std::int64_t entries = 0;                // that are in order
  std::optional<std::int64_t> broken_at;  // the first position that is not
};

// `database` is directory's.
Result<AuditChainReport> VerifyAuditChain(postgres::Database& database, const rpc::Call& call);

}  // namespace continuo::directory
