// Finding issued invoices whose due date has passed while something is still owed.
#pragma once

#include <optional>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::billing::app {

// An invoice is overdue from the start of the local day after its due date.
Result<std::optional<calendar::Instant>> NextOverdueAt(postgres::Transaction& tx);
// A slice; true when there may be more.
Result<bool> FindOverdue(const App& app, const rpc::Call& call);

}  // namespace continuo::billing::app
