#include "services/quoting/app/expire_quotes.h"

#include "libs/postgres/database.h"
#include "services/quoting/app/approvals.h"
#include "services/quoting/app/tell.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {

using postgres::Transaction;

Result<bool> ExpireQuotes(const App& app, const rpc::Call& call) {
  return app.database.Work(call, [&](Transaction& tx) -> Result<bool> {
    const postgres::Rows due = tx.Run(sql::list_expired, tx.now());
    for (const postgres::Row row : due) {
      ASSIGN_OR_RETURN(store::StoredQuote stored,
                       store::LockQuote(tx, ids::QuoteId(row.Uuid("id"))));
      ASSIGN_OR_RETURN(const domain::Move move,
                       domain::Next(stored.quote.status, domain::Action::kExpire));
      stored.quote.status = move.to;
      ++stored.quote.revision;
      store::SaveHeader(tx, stored);
      store::RecordRevision(tx, stored.quote, {.action = "expire"});
      store::SetOutcome(tx, stored.quote, "");
      VoidApprovals(tx, stored.quote);
      TellExpired(tx, stored.quote);
    }
    return !due.empty();
  });
}

std::optional<calendar::Instant> NextExpiry(Transaction& tx) {
  return tx.Run(sql::next_expiry).front().OptionalInstant("at");
}

}  // namespace continuo::quoting::app
