// Ends the validity of quotes whose last day is over.
#pragma once

#include <optional>

#include "libs/calendar/zone.h"
#include "services/quoting/app/app.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::quoting::app {

// One slice; true: there is more.
Result<bool> ExpireQuotes(const App& app, const rpc::Call& call);
std::optional<calendar::Instant> NextExpiry(postgres::Transaction& tx);

}  // namespace continuo::quoting::app
