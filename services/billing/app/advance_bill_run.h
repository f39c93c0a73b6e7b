// What a bill run does: a chunk of groups (account and currency) at a time, each chunk one
// transaction of a few set-based statements.
//
// First the accounts that are not known here, or that crm has changed, are fetched; then the chunk
// is drafted, its bad groups set aside with their reasons, and, when the run issues by itself, the
// drafts get their numbers last. A chunk that fails as a whole is billed group by group, so that
// one bad account is set aside and the others are billed.
#pragma once

#include <optional>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::billing::app {

// Since when a run has been waiting.
Result<std::optional<calendar::Instant>> ActiveRunSince(postgres::Transaction& tx);
// One chunk of the run that has waited longest. True while there is more to do.
Result<bool> AdvanceBillRun(const App& app, const rpc::Call& call);

}  // namespace continuo::billing::app
