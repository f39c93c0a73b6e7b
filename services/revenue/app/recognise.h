// What has been earned by the end of a local day is posted: the plan becomes the journal, a slice
// of contracts at a time, each slice one transaction of a few set-based statements.
//
// A month's revenue is posted on the day after its last day of service, a point in time on its own
// day; what is planned for days that have passed, at once.
#pragma once

#include <optional>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::revenue::app {

// The start of the first local day on which something is to be posted.
Result<std::optional<calendar::Instant>> NextRevenueAt(postgres::Transaction& tx);
// One slice. True while there is more to do.
Result<bool> RecogniseRevenue(const App& app, const rpc::Call& call);

}  // namespace continuo::revenue::app
