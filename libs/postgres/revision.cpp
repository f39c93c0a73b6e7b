#include "libs/postgres/revision.h"

namespace continuo::postgres {

Result<void> CheckRevision(const rpc::Call& call, int64_t revision) {
  if (!call.if_match || *call.if_match == "*") return {};
  const std::string current = std::to_string(revision);
  if (*call.if_match == current) return {};
  return Aborted("ETAG_MISMATCH",
                 "The resource is at revision " + current + ", If-Match says " + *call.if_match +
                     ". Read it again and repeat with its new ETag.",
                 {{"revision", current}, {"if_match", *call.if_match}});
}

}  // namespace continuo::postgres
