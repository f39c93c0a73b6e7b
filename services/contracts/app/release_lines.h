// The release job's work: hands over lines whose release day has begun in their contract's zone.
#pragma once

#include <optional>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::rpc {
struct Call;
}

namespace continuo::contracts::app {

inline constexpr int kSliceLinesMax = 5'000;

// The start of the local day of the earliest open line; past when something is overdue.
Result<std::optional<calendar::Instant>> NextReleaseAt(postgres::Transaction& tx);

// Releases at most `lines_max` lines of one zone that has some due, in one transaction, with one
// batch for each account and division. True: lines were released and there may be more.
Result<bool> ReleaseSlice(postgres::Database& database, const rpc::Call& call, int lines_max);

}  // namespace continuo::contracts::app
