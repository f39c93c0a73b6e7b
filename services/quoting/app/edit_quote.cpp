#include "services/quoting/app/edit_quote.h"

#include <algorithm>

#include "continuo/quoting/v1/quote.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/revision.h"
#include "services/quoting/app/approvals.h"
#include "services/quoting/app/content_hash.h"
#include "services/quoting/app/show.h"
#include "services/quoting/app/tell.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using domain::Content;
using postgres::Transaction;
using store::StoredQuote;

bool IsPricing(const std::string& path) {
  const auto ends = [&](std::string_view name) { return path.ends_with(name); };
  return path.starts_with("totals/") || ends("/quantity") || ends("/net_amount") ||
         ends("/term_total") || ends("/chosen");
}

bool HasFirstDay(const domain::Difference& changes) {
  return std::any_of(changes.begin(), changes.end(), [](const auto& entry) {
    return entry.first == "start_on" || entry.first.ends_with("/start_on");
  });
}

bool HasPricing(const domain::Difference& changes) {
  for (const auto& [path, change] : changes) {
    if (IsPricing(path)) return true;
  }
  return false;
}

// The edit's change on the locked quote, priced; then what became of version and status.
Result<void> Apply(Transaction& tx, StoredQuote& stored, const Content& before,
                   const std::string& metadata_before, const Edit& edit) {
  ASSIGN_OR_RETURN(const domain::Move move,
                   domain::Next(stored.quote.status, domain::Action::kEdit));
  RETURN_IF_FAULT(edit.change(tx, stored));
  RETURN_IF_FAULT(domain::Reprice(&stored.quote));
  const Content after = domain::ContentOf(stored.quote);
  domain::Difference changes = domain::Compare(before, after);
  if (stored.metadata_json != metadata_before) {
    changes["metadata"] = {metadata_before, stored.metadata_json};
  }
  if (changes.empty()) return {};
  if (domain::BindingText(before) != domain::BindingText(after)) {
    stored.quote.status = move.to;
    if (move.begins_version) {
      ++stored.quote.version;
      VoidApprovals(tx, stored.quote);
    }
  }
  ++stored.quote.revision;
  const bool priced = HasPricing(changes);
  store::Revision revision{.action = edit.action,
                           .reason = edit.reason,
                           .changes = changes,
                           .is_point = priced || HasFirstDay(changes)};
  Complete(tx, stored, before, std::move(revision));
  if (edit.tells_header) TellUpdated(tx, stored.quote, changes);
  if (priced) TellPriced(tx, stored.quote);
  return {};
}

}  // namespace

void Complete(Transaction& tx, StoredQuote& stored, const Content& before,
              store::Revision revision) {
  stored.content_hash = ContentHash(stored.quote);
  if (revision.changes.empty()) {
    revision.changes = domain::Compare(before, domain::ContentOf(stored.quote));
  }
  store::SaveQuote(tx, stored);
  store::RecordRevision(tx, stored.quote, revision);
  store::FollowDemand(tx, stored.quote);
}

Result<v1::Quote> EditQuote(const App& app, const rpc::Call& call, const std::string& quote_id,
                            const Edit& edit) {
  return app.database.Command<v1::Quote>(call, [&](Transaction& tx) -> Result<v1::Quote> {
    ASSIGN_OR_RETURN(StoredQuote stored, store::LockQuote(tx, quote_id));
    RETURN_IF_FAULT(postgres::CheckRevision(call, stored.quote.revision));
    ASSIGN_OR_RETURN(const v1::Quote shown, ShowQuote(tx, stored.quote.id));
    tx.AuditBefore(shown);
    const Content before = domain::ContentOf(stored.quote);
    const std::string metadata_before = stored.metadata_json;
    RETURN_IF_FAULT(Apply(tx, stored, before, metadata_before, edit));
    return ShowQuote(tx, stored.quote.id);
  });
}

Result<EditContext> FindContext(const App& app, const rpc::Call& call,
                                const std::string& quote_id) {
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(quote_id);
  if (!id) return NotFound("quote", quote_id);
  return app.database.Read(call, [&](Transaction& tx) -> Result<EditContext> {
    const postgres::Rows found = tx.Run(sql::find_quote_context, *id);
    if (found.empty()) return NotFound("quote", quote_id);
    const postgres::Row row = found.front();
    EditContext context{.opportunity_id = ids::OpportunityId(row.Uuid("opportunity_id")),
                        .buyer = {.account_id = ids::AccountId(row.Uuid("account_id")),
                                  .division_id = ids::DivisionId(row.Uuid("division_id")),
                                  .currency = money::Currency::Parse(row.Text("currency")).value()},
                        .today = tx.Today(store::ZoneOf(std::string(row.Text("time_zone"))))};
    if (const auto contract = row.OptionalUuid("contract_id")) {
      context.contract_id = ids::ContractId(*contract).ToString();
    }
    return context;
  });
}

}  // namespace continuo::quoting::app
