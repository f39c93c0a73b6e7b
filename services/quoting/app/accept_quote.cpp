#include "services/quoting/app/accept_quote.h"

#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "libs/postgres/revision.h"
#include "services/quoting/app/act_on_quote.h"
#include "services/quoting/app/choose_options.h"
#include "services/quoting/app/edit_quote.h"
#include "services/quoting/app/make_order.h"
#include "services/quoting/app/running_contract.h"
#include "services/quoting/app/show.h"
#include "services/quoting/app/tell.h"
#include "services/quoting/domain/options.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using money::Money;
using postgres::NullIfEmpty;
using postgres::Transaction;
using store::StoredQuote;

Result<void> CheckAcceptable(Transaction& tx, const StoredQuote& stored, int version) {
  if (stored.order_id) {
    return FailedPrecondition("QUOTE_ALREADY_ACCEPTED",
                              "The quote was accepted before. Use order " +
                                  stored.order_id->ToString() + ".",
                              {{"order_id", stored.order_id->ToString()}});
  }
  RETURN_IF_FAULT(CheckVersion(stored, version));
  ASSIGN_OR_RETURN(const domain::Move move,
                   domain::Next(stored.quote.status, domain::Action::kAccept));
  static_cast<void>(move);
  RETURN_IF_FAULT(CheckStillValid(tx, stored));
  return CheckContent(tx, stored);
}

void KeepResidualDemand(Transaction& tx, const domain::Quote& quote, const ids::OrderId& order_id) {
  const store::KnownDemand known = store::LoadDemand(tx, quote.id);
  std::vector<ids::ResidualDemandId> ids;
  std::vector<ids::ProductId> products;
  std::vector<std::string> codes;
  std::vector<money::Decimal> first, peak, last, bought, rest;
  for (const auto& unbought : NotBought(known.demands, domain::BoughtQuantities(quote))) {
    ids.push_back(ids::ResidualDemandId::New());
    products.push_back(unbought.demand.product_id);
    codes.push_back(known.product_codes.at(unbought.demand.product_id));
    first.push_back(unbought.demand.first_asked);
    peak.push_back(unbought.demand.peak_asked);
    last.push_back(unbought.demand.last_asked);
    bought.push_back(unbought.bought);
    rest.push_back(unbought.quantity);
  }
  if (ids.empty()) return;
  tx.Run(sql::insert_residual_demands, quote.account_id, quote.id, order_id, tx.now(), ids,
         products, codes, first, peak, bought, rest, last);
  for (size_t i = 0; i < ids.size(); ++i) {
    v1::ResidualDemandCreated fact;
    fact.set_id(ids[i].ToString());
    fact.set_revision(1);
    fact.set_account_id(quote.account_id.ToString());
    fact.set_product_id(products[i].ToString());
    fact.set_quote_id(quote.id.ToString());
    fact.set_quantity(rest[i].ToString());
    events::Append(tx, fact, {.source_version = 1});
  }
}

// The quote's last state: accepted, with its order, and the one that its deal's value follows.
Result<void> CloseQuote(Transaction& tx, StoredQuote& stored, const ids::OrderId& order_id) {
  const bool newly_selected = !stored.quote.selected;
  if (newly_selected) RETURN_IF_FAULT(Select(tx, stored));
  stored.quote.status = domain::Status::kAccepted;
  ++stored.quote.revision;
  stored.order_id = order_id;
  store::SaveHeader(tx, stored);
  store::RecordRevision(tx, stored.quote, {.action = "accept"});
  store::SetOutcome(tx, stored.quote, "");
  if (newly_selected) TellSelected(tx, stored.quote);
  TellAccepted(tx, stored.quote, order_id);
  return {};
}

// What was signed: one of the version's documents, which says the terms as they stand.
struct Signed {
  ids::ProposalId proposal_id;
  std::string document_hash, consent;
};
Result<std::optional<Signed>> FindSigned(Transaction& tx, const StoredQuote& stored,
                                         const Acceptance& acceptance) {
  if (!acceptance.proposal_id && acceptance.document_hash.empty()) return std::nullopt;
  const postgres::Rows found =
      tx.Run(sql::find_signed_proposal, stored.quote.id, stored.quote.version,
             acceptance.proposal_id, NullIfEmpty(acceptance.document_hash));
  if (found.empty() || found.front().Text("content_hash") != stored.content_hash) {
    return FailedPrecondition("QUOTE_CONTENT_CHANGED",
                              "The document that was accepted does not say the current terms.");
  }
  const postgres::Row row = found.front();
  return Signed{ids::ProposalId(row.Uuid("id")), std::string(row.Text("document_hash")),
                std::string(row.Text("consent"))};
}

void KeepAcceptance(Transaction& tx, const domain::Quote& quote, const ids::OrderId& order_id,
                    const Acceptance& acceptance, const std::optional<Signed>& document) {
  const Signed what = document.value_or(Signed{});
  std::optional<ids::ProposalId> proposal_id;
  if (document) proposal_id = document->proposal_id;
  tx.Run(sql::insert_acceptance, order_id, quote.account_id, quote.version, acceptance.form,
         acceptance.accepted_by, NullIfEmpty(acceptance.place),
         postgres::IdOrNull("usr", tx.call().principal.user_id), tx.now(), proposal_id,
         NullIfEmpty(what.document_hash), NullIfEmpty(what.consent),
         NullIfEmpty(acceptance.client_address), NullIfEmpty(acceptance.user_agent));
  if (document) tx.Run(sql::set_proposal_accepted, document->proposal_id);
}

// The customer's choice is a revision of its own, before that of the acceptance. What was submitted was
// another choice: whether its products go together is looked at again.
Result<void> SettleOptions(Transaction& tx, StoredQuote& stored, const Acceptance& acceptance) {
  if (acceptance.options) RETURN_IF_FAULT(ChooseLocked(tx, stored, *acceptance.options, ""));
  RETURN_IF_FAULT(domain::CheckChosen(stored.quote));
  if (domain::OptionsOf(stored.quote).empty()) return {};
  return CheckRelations(tx, stored.quote);
}

Result<v1::Order> Accept(Transaction& tx, const Acceptance& acceptance,
                         const std::optional<Money>& deal_value,
                         const std::optional<RunningNow>& running) {
  tx.Run(sql::lock_deal, acceptance.opportunity_id);
  ASSIGN_OR_RETURN(StoredQuote stored, store::LockQuote(tx, acceptance.quote_id));
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), stored.quote.revision));
  if (acceptance.check) RETURN_IF_FAULT(acceptance.check(tx));
  RETURN_IF_FAULT(CheckAcceptable(tx, stored, acceptance.version));
  RETURN_IF_FAULT(CheckAcceptedOn(tx, stored.quote, running));
  ASSIGN_OR_RETURN(const auto document, FindSigned(tx, stored, acceptance));
  ASSIGN_OR_RETURN(const v1::Quote shown, ShowQuote(tx, stored.quote.id));
  tx.AuditBefore(shown);
  RETURN_IF_FAULT(SettleOptions(tx, stored, acceptance));
  const domain::Quote& quote = stored.quote;
  const ids::OrderId order_id = ids::OrderId::New();
  RETURN_IF_FAULT(
      InsertOrder(tx, stored, order_id, deal_value.value_or(quote.totals.term_total)));
  KeepAcceptance(tx, quote, order_id, acceptance, document);
  KeepResidualDemand(tx, quote, order_id);
  RETURN_IF_FAULT(CloseQuote(tx, stored, order_id));
  ASSIGN_OR_RETURN(v1::Order order, ShowOrder(tx, order_id));
  TellOrder(tx, order);
  NumberOrder(tx, order_id, &order);
  return order;
}

}  // namespace

Result<v1::Order> AcceptVersion(const App& app, const rpc::Call& call,
                                const Acceptance& acceptance) {
  ASSIGN_OR_RETURN(const std::optional<Money> deal_value,
                   AskOpportunityValue(app, call, acceptance.opportunity_id));
  ASSIGN_OR_RETURN(const std::optional<RunningNow> running,
                   AskRunningNow(app, call, acceptance.quote_id));
  return app.database.Command<v1::Order>(
      call, [&](Transaction& tx) { return Accept(tx, acceptance, deal_value, running); });
}

Result<v1::Order> AcceptQuote(const App& app, const rpc::Call& call,
                              const v1::AcceptQuoteRequest& request) {
  ASSIGN_OR_RETURN(const EditContext context, FindContext(app, call, request.id()));
  Acceptance acceptance{.opportunity_id = context.opportunity_id,
                        .version = request.version(),
                        .accepted_by = request.accepted_by(),
                        .place = request.place(),
                        .document_hash = request.document_hash()};
  ASSIGN_OR_RETURN(acceptance.quote_id, ids::QuoteId::Parse(request.id()));
  if (!request.proposal_id().empty()) {
    ASSIGN_OR_RETURN(acceptance.proposal_id, ids::ProposalId::Parse(request.proposal_id()));
  }
  return AcceptVersion(app, call, acceptance);
}

}  // namespace continuo::quoting::app
