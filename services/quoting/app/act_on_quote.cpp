#include "services/quoting/app/act_on_quote.h"

#include <functional>

#include "continuo/quoting/v1/clause.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "libs/postgres/revision.h"
#include "services/quoting/app/approvals.h"
#include "services/quoting/app/ask_approvals.h"
#include "services/quoting/app/content_hash.h"
#include "services/quoting/app/cost_rates.h"
#include "services/quoting/app/edit_quote.h"
#include "services/quoting/app/findings.h"
#include "services/quoting/app/show.h"
#include "services/quoting/app/tell.h"
#include "services/quoting/domain/approval_flow.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using domain::Action;
using postgres::Transaction;
using store::StoredQuote;

bool IsPastLastDay(const Transaction& tx, const StoredQuote& stored) {
  return domain::IsPastLastDay(stored.quote, tx.Today(store::ZoneOf(stored.quote.time_zone)));
}

struct Act {
  Action action;
  int version = 0;  // as the request names it; 0: it names none
  std::string reason;
  // Refuses, or sets what the move itself does not; before the move.
  std::function<Result<void>(Transaction&, StoredQuote&)> prepare;
  std::function<void(Transaction&, const StoredQuote&)> tell;
};

Result<void> Move(Transaction& tx, StoredQuote& stored, const Act& act) {
  if (act.version != 0) RETURN_IF_FAULT(CheckVersion(stored, act.version));
  ASSIGN_OR_RETURN(const domain::Move move, domain::Next(stored.quote.status, act.action));
  const domain::Content before = domain::ContentOf(stored.quote);
  if (act.prepare) RETURN_IF_FAULT(act.prepare(tx, stored));
  domain::Difference changes = domain::Compare(before, domain::ContentOf(stored.quote));
  stored.quote.status = move.to;
  if (move.begins_version) ++stored.quote.version;
  ++stored.quote.revision;
  stored.content_hash = ContentHash(stored.quote);
  store::SaveHeader(tx, stored);
  store::RecordRevision(tx, stored.quote,
                        {.action = std::string(domain::Name(act.action)),
                         .reason = act.reason,
                         .changes = std::move(changes)});
  if (!move.begins_version && move.to != move.from) store::SetOutcome(tx, stored.quote, act.reason);
  if (move.begins_version || act.action == Action::kReject || act.action == Action::kDecline) {
    VoidApprovals(tx, stored.quote);
  }
  if (act.tell) act.tell(tx, stored);
  return {};
}

Result<v1::Quote> ActOnQuote(const App& app, const rpc::Call& call, const std::string& id,
                             const Act& act) {
  return app.database.Command<v1::Quote>(call, [&](Transaction& tx) -> Result<v1::Quote> {
    ASSIGN_OR_RETURN(StoredQuote stored, store::LockQuote(tx, id));
    RETURN_IF_FAULT(postgres::CheckRevision(call, stored.quote.revision));
    ASSIGN_OR_RETURN(const v1::Quote shown, ShowQuote(tx, stored.quote.id));
    tx.AuditBefore(shown);
    RETURN_IF_FAULT(Move(tx, stored, act));
    return ShowQuote(tx, stored.quote.id);
  });
}

// The version as the API shows it from now on, and for ever under /versions.
void HandIn(Transaction& tx, const StoredQuote& stored) {
  const Result<v1::Quote> shown = ShowQuote(tx, stored.quote.id);
  std::string json;
  json::WriteMessage(*shown, &json);
  store::RecordVersion(tx, stored, json);
  TellSubmitted(tx, stored.quote);
  OpenNext(tx, stored.quote);
}

Result<void> PrepareSubmit(Transaction& tx, StoredQuote& stored, const KnownElsewhere& known) {
  if (stored.quote.lines.empty()) {
    return FailedPrecondition("QUOTE_HAS_NO_LINES",
                              "The quote has no lines. Add one before submitting it.");
  }
  RETURN_IF_FAULT(CheckRelations(tx, stored.quote));
  RETURN_IF_FAULT(domain::CheckDecided(stored.quote.clauses));
  RETURN_IF_FAULT(domain::CheckOnboarded(stored.quote, known.account));
  RETURN_IF_FAULT(CheckStillValid(tx, stored));
  return AskApprovals(tx, stored, known);
}

}  // namespace

Result<void> CheckRelations(Transaction& tx, const domain::Quote& quote) {
  if (domain::UnmetRelations(quote, {}).empty()) return {};
  std::set<ids::ProductId> owned;
  for (const postgres::Row row : tx.Run(sql::list_owned_products, quote.account_id)) {
    owned.insert(ids::ProductId(row.Uuid("product_id")));
  }
  std::vector<Violation> unmet = domain::UnmetRelations(quote, owned);
  if (unmet.empty()) return {};
  Failure failure = FailedPrecondition("PRODUCT_RELATION_NOT_MET", unmet.front().detail);
  failure.value().violations = std::move(unmet);
  return failure;
}

Failure DealAlreadyAccepted(const ids::QuoteId& quote_id) {
  return FailedPrecondition("DEAL_ALREADY_ACCEPTED",
                            "Quote " + quote_id.ToString() +
                                " of this deal was accepted. Quote further business under an "
                                "opportunity of its own.",
                            {{"quote_id", quote_id.ToString()}});
}

Result<void> CheckVersion(const StoredQuote& stored, int version) {
  if (stored.quote.version == version) return {};
  return FailedPrecondition("QUOTE_VERSION_CHANGED",
                            "Version " + std::to_string(stored.quote.version) +
                                " is current, not " + std::to_string(version) +
                                ". Read the quote and decide on that one.",
                            {{"version", std::to_string(stored.quote.version)}});
}

Result<void> CheckStillValid(Transaction& tx, const StoredQuote& stored) {
  if (!IsPastLastDay(tx, stored)) return {};
  const std::string last_day = stored.quote.valid_until.ToString();
  return FailedPrecondition("QUOTE_EXPIRED",
                            "The quote was valid until " + last_day +
                                ". Revise it with a later valid_until.",
                            {{"valid_until", last_day}});
}

Result<void> CheckContent(Transaction& tx, const StoredQuote& stored) {
  const auto submitted = store::FindVersion(tx, stored.quote.id, stored.quote.version);
  const bool same = submitted && submitted->version == stored.quote.version &&
                    submitted->content_hash == ContentHash(stored.quote);
  if (same) return {};
  return FailedPrecondition("QUOTE_CONTENT_CHANGED",
                            "The terms are not those that were submitted. Submit the quote again.");
}

Result<void> Select(Transaction& tx, StoredQuote& stored) {
  for (const postgres::Row row : tx.Run(sql::lock_deal, stored.quote.opportunity_id)) {
    const ids::QuoteId other_id(row.Uuid("id"));
    if (!row.Bool("selected") || other_id == stored.quote.id) continue;
    ASSIGN_OR_RETURN(StoredQuote other, store::LockQuote(tx, other_id));
    if (other.order_id) return DealAlreadyAccepted(other_id);
    other.quote.selected = false;
    ++other.quote.revision;
    store::SaveHeader(tx, other);
    store::RecordRevision(tx, other.quote, {.action = "deselect"});
  }
  stored.quote.selected = true;
  return {};
}

Result<v1::Quote> SelectQuote(const App& app, const rpc::Call& call,
                              const v1::SelectQuoteRequest& request) {
  ASSIGN_OR_RETURN(const EditContext context, FindContext(app, call, request.id()));
  return app.database.Command<v1::Quote>(call, [&](Transaction& tx) -> Result<v1::Quote> {
    // The deal first and in id order: two selections at once never wait for each other in a ring.
    tx.Run(sql::lock_deal, context.opportunity_id);
    ASSIGN_OR_RETURN(StoredQuote stored, store::LockQuote(tx, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, stored.quote.revision));
    ASSIGN_OR_RETURN(v1::Quote shown, ShowQuote(tx, stored.quote.id));
    if (stored.quote.selected) return shown;
    tx.AuditBefore(shown);
    const Act act{.action = Action::kSelect,
                  .prepare = Select,
                  .tell = [](Transaction& tx, const StoredQuote& stored) {
                    TellSelected(tx, stored.quote);
                  }};
    RETURN_IF_FAULT(Move(tx, stored, act));
    return ShowQuote(tx, stored.quote.id);
  });
}

Result<v1::Quote> ReviseQuote(const App& app, const rpc::Call& call,
                              const v1::ReviseQuoteRequest& request) {
  const auto extend = [&](Transaction& tx, StoredQuote& stored) -> Result<void> {
    if (request.valid_until().empty()) return {};
    ASSIGN_OR_RETURN(stored.quote.valid_until, calendar::Date::Parse(request.valid_until()));
    if (!IsPastLastDay(tx, stored)) return {};
    return Invalid("/valid_until", "OUT_OF_RANGE", "The last day lies in the past.");
  };
  return ActOnQuote(app, call, request.id(),
                    {.action = Action::kRevise, .reason = request.reason(), .prepare = extend});
}

Result<v1::Quote> SubmitQuote(const App& app, const rpc::Call& call,
                              const v1::SubmitQuoteRequest& request) {
  ASSIGN_OR_RETURN(const CostRates rates, AskCostRates(app, call, request.id()));
  ASSIGN_OR_RETURN(domain::AccountFacts account, AskAccountFacts(app, call, request.id()));
  const KnownElsewhere known{FactorsOf(rates), std::move(account)};
  return ActOnQuote(app, call, request.id(),
                    {.action = Action::kSubmit,
                     .prepare = [&](Transaction& tx, StoredQuote& stored) {
                       return PrepareSubmit(tx, stored, known);
                     },
                     .tell = [&](Transaction& tx, const StoredQuote& stored) {
                       HandIn(tx, stored);
                       FreezeRates(tx, stored.quote, rates);
                     }});
}

Result<void> MoveToApproved(Transaction& tx, StoredQuote& stored) {
  return Move(tx, stored,
              {.action = Action::kApprove, .tell = [](Transaction& tx, const StoredQuote& stored) {
                 TellApproved(tx, stored.quote);
               }});
}

Result<void> MoveToRejected(Transaction& tx, StoredQuote& stored, const std::string& reason) {
  return Move(tx, stored,
              {.action = Action::kReject,
               .reason = reason,
               .tell = [&](Transaction& tx, const StoredQuote& stored) {
                 TellRejected(tx, stored.quote, reason);
               }});
}

Result<v1::Quote> ApproveQuote(const App& app, const rpc::Call& call,
                               const v1::ApproveQuoteRequest& request) {
  ASSIGN_OR_RETURN(const domain::Decider decider, DeciderOf(app, call, request.id()));
  return app.database.Command<v1::Quote>(call, [&](Transaction& tx) -> Result<v1::Quote> {
    ASSIGN_OR_RETURN(StoredQuote stored, store::LockQuote(tx, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, stored.quote.revision));
    ASSIGN_OR_RETURN(const v1::Quote shown, ShowQuote(tx, stored.quote.id));
    tx.AuditBefore(shown);
    RETURN_IF_FAULT(CheckVersion(stored, request.version()));
    RETURN_IF_FAULT(domain::Next(stored.quote.status, Action::kApprove));
    RETURN_IF_FAULT(CheckContent(tx, stored));
    ASSIGN_OR_RETURN(const Standing standing, ApproveOwn(tx, stored, decider));
    if (standing == Standing::kOpen) return shown;
    RETURN_IF_FAULT(MoveToApproved(tx, stored));
    return ShowQuote(tx, stored.quote.id);
  });
}

Result<v1::Quote> RejectQuote(const App& app, const rpc::Call& call,
                              const v1::RejectQuoteRequest& request) {
  ASSIGN_OR_RETURN(const domain::Decider decider, DeciderOf(app, call, request.id()));
  return ActOnQuote(app, call, request.id(),
                    {.action = Action::kReject,
                     .version = request.version(),
                     .reason = request.reason(),
                     .prepare = [&](Transaction& tx, StoredQuote& stored) {
                       return RejectOwn(tx, stored, decider, request.reason());
                     },
                     .tell = [&](Transaction& tx, const StoredQuote& stored) {
                       TellRejected(tx, stored.quote, request.reason());
                     }});
}

Result<v1::Quote> ReleaseQuote(const App& app, const rpc::Call& call,
                               const v1::ReleaseQuoteRequest& request) {
  const auto check = [](Transaction& tx, StoredQuote& stored) -> Result<void> {
    RETURN_IF_FAULT(CheckStillValid(tx, stored));
    return CheckContent(tx, stored);
  };
  return ActOnQuote(app, call, request.id(),
                    {.action = Action::kRelease,
                     .version = request.version(),
                     .prepare = check,
                     .tell = [](Transaction& tx, const StoredQuote& stored) {
                       TellReleased(tx, stored.quote);
                     }});
}

Result<v1::Quote> NegotiateQuote(const App& app, const rpc::Call& call,
                                 const v1::NegotiateQuoteRequest& request) {
  return ActOnQuote(app, call, request.id(),
                    {.action = Action::kNegotiate,
                     .reason = request.reason(),
                     .tell = [&](Transaction& tx, const StoredQuote& stored) {
                       TellNegotiated(tx, stored.quote, request.reason());
                     }});
}

Result<v1::Quote> DeclineQuote(const App& app, const rpc::Call& call,
                               const v1::DeclineQuoteRequest& request) {
  return ActOnQuote(app, call, request.id(),
                    {.action = Action::kDecline,
                     .reason = request.reason(),
                     .tell = [&](Transaction& tx, const StoredQuote& stored) {
                       TellDeclined(tx, stored.quote, request.reason());
                     }});
}

}  // namespace continuo::quoting::app
