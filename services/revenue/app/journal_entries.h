// The journal as its users read it.
#pragma once

#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::revenue::v1 {
class GetJournalEntryRequest;
class JournalEntry;
class ListJournalEntriesRequest;
class ListJournalEntriesResponse;
}  // namespace continuo::revenue::v1

namespace continuo::revenue::app {

Result<v1::JournalEntry> GetJournalEntry(const App& app, const rpc::Call& call,
                                         const v1::GetJournalEntryRequest& request);
Result<v1::ListJournalEntriesResponse> ListJournalEntries(
    const App& app, const rpc::Call& call, const v1::ListJournalEntriesRequest& request);

}  // namespace continuo::revenue::app
