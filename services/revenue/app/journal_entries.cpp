#include "services/revenue/app/journal_entries.h"

#include "continuo/revenue/v1/journal_entry.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {

using postgres::IdOrNull;
using postgres::Transaction;

Result<v1::JournalEntry> GetJournalEntry(const App& app, const rpc::Call& call,
                                         const v1::GetJournalEntryRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::JournalEntry> {
    const auto id = IdOrNull("je", request.id());
    const postgres::Rows found = tx.Run(sql::get_journal_entry, id);
    if (found.empty()) return NotFound("journal_entry", request.id());
    v1::JournalEntry entry;
    postgres::Fill(found.front(), &entry);
    postgres::FillAll(tx.Run(sql::list_journal_lines, id), entry.mutable_lines());
    return entry;
  });
}

Result<v1::ListJournalEntriesResponse> ListJournalEntries(
    const App& app, const rpc::Call& call, const v1::ListJournalEntriesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListJournalEntriesResponse> {
    v1::ListJournalEntriesResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_journal_entries}, request, &response));
    return response;
  });
}

}  // namespace continuo::revenue::app
