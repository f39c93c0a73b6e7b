// Old months of a service's event log, taken out of it.
//
//   ASSIGN_OR_RETURN(auto months, ArchiveLog(tx, 24, {{{"billing", 3}, 4711}, ...}));
//
// A month goes when it ended so many months ago and everything in it was stamped, produced and taken by
// every consumer; else it stays, and each later one with it, and says who holds it. It lives on as the
// table event_log_archived_YYYY_MM: nothing is deleted here (docs/operations.md). Who has taken what is
// known to the consumers only and is the caller's to ask.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libs/events/event.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::events {

// How far the slowest consumer of a stream is. A stream without one needs to be produced only.
struct TakenUpTo {
  Stream stream;
  int64_t seq = 0;
};

struct OldMonth {
  std::string month;  // "2026-01"
  bool archived = false;
  std::string held_by;  // a stream, "billing/3", or "the relay"
};

std::vector<OldMonth> ArchiveLog(postgres::Transaction& tx, int keep_months,
                                 std::span<const TakenUpTo> taken);

// The last sequence that is no longer in the owner's log; 0: all is there.
int64_t ArchivedThrough(postgres::Transaction& tx, const Stream& stream);

}  // namespace continuo::events
