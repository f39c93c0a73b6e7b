#include "services/quoting/app/proposals.h"

#include "continuo/quoting/v1/proposal.pb.h"
#include "continuo/quoting/v1/proposal_events.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/document/html.h"
#include "libs/document/pdf.h"
#include "libs/events/append.h"
#include "libs/postgres/resource.h"
#include "services/quoting/app/act_on_quote.h"
#include "services/quoting/app/proposal_body.h"
#include "services/quoting/app/proposal_facts.h"
#include "services/quoting/app/sha256.h"
#include "services/quoting/store/quote_store.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using domain::Status;
using postgres::Transaction;
using store::StoredQuote;

const postgres::Resource kProposal{sql::select_proposals, sql::lock_proposal};

template <class Fact>
Fact About(const v1::Proposal& proposal) {
  Fact fact;
  fact.set_id(proposal.id());
  fact.set_revision(proposal.revision());
  fact.set_account_id(proposal.account_id());
  fact.set_quote_id(proposal.quote_id());
  return fact;
}

bool IsReleased(Status status) { return status == Status::kReleased || status == Status::kAccepted; }

// Of a version that stands: what is closed otherwise, or was not approved, has no proposals.
Result<void> CheckStands(Transaction& tx, StoredQuote& stored) {
  const Status status = stored.quote.status;
  const bool stands =
      IsReleased(status) || status == Status::kSubmitted || status == Status::kApproved;
  if (stands) return CheckContent(tx, stored);
  const std::string name(domain::Name(status));
  return FailedPrecondition("QUOTE_ACTION_NOT_ALLOWED",
                            "The quote is " + name +
                                "; proposals are made of quotes that are submitted, approved, "
                                "released or accepted.",
                            {{"status", name}, {"allowed", "submitted, approved, released, accepted"}});
}

// The document, and what is kept beside it.
struct Made {
  domain::ProposalFacts facts;
  document::Document document;
  std::string html, pdf;
};

Made Make(domain::ProposalFacts facts, const domain::Wording& wording) {
  Made made{.facts = std::move(facts)};
  made.document = BuildProposal(made.facts, wording);
  made.html = document::Body(made.document);
  made.pdf = document::ToPdf(made.document);
  return made;
}

Result<bool> FindReleased(const App& app, const rpc::Call& call, const ids::QuoteId& id) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<bool> {
    const postgres::Rows found = tx.Run(sql::find_quote_status, id);
    if (found.empty()) return NotFound("quote", id.ToString());
    return IsReleased(domain::ParseStatus(found.front().Text("status")));
  });
}

v1::CreateProposalRequest Completed(v1::CreateProposalRequest request) {
  if (request.form() == v1::PROPOSAL_FORM_UNSPECIFIED) request.set_form(v1::PROPOSAL_FORM_SHORT);
  if (request.locale().empty()) request.set_locale("en");
  if (request.currency_display() == v1::CURRENCY_DISPLAY_UNSPECIFIED) {
    request.set_currency_display(v1::CURRENCY_DISPLAY_SYMBOL);
  }
  return request;
}

std::string Name(v1::ProposalForm form) {
  return form == v1::PROPOSAL_FORM_FULL ? "full" : "short";
}
std::string Name(v1::CurrencyDisplay display) {
  return display == v1::CURRENCY_DISPLAY_CODE ? "code" : "symbol";
}

Result<v1::Proposal> Keep(Transaction& tx, const v1::CreateProposalRequest& request,
                          const Made& made) {
  ASSIGN_OR_RETURN(StoredQuote stored, store::LockQuote(tx, request.quote_id()));
  RETURN_IF_FAULT(CheckStands(tx, stored));
  const domain::Quote& quote = stored.quote;
  const bool same = quote.version == made.facts.version &&
                    stored.content_hash == made.facts.content_hash &&
                    IsReleased(quote.status) != made.facts.draft;
  if (!same) return Aborted("CONFLICT", "The quote changed while its proposal was made. Repeat.");
  const ids::ProposalId id = ids::ProposalId::New();
  tx.Run(sql::insert_proposal, id, quote.account_id, quote.division_id, quote.id, quote.version,
         Name(request.form()), request.locale(), Name(request.currency_display()),
         made.facts.draft, made.facts.content_hash, HexOfSha256(made.pdf), made.document.title,
         made.facts.seller.name, ConsentText(made.facts, domain::WordsOf(request.locale())),
         made.html, postgres::Bytes{made.pdf},
         postgres::IdOrNull("usr", tx.call().principal.user_id), tx.now());
  ASSIGN_OR_RETURN(v1::Proposal proposal,
                   postgres::Load<v1::Proposal>(tx, kProposal, id.ToString()));
  auto fact = About<v1::ProposalCreated>(proposal);
  fact.set_quote_version(proposal.quote_version());
  fact.set_document_hash(proposal.document_hash());
  events::Append(tx, fact, {.source_version = proposal.revision()});
  return proposal;
}

// The quote first, then the proposal: the order in which acceptance locks them.
struct Locked {
  StoredQuote stored;
  v1::Proposal proposal;
};
Result<Locked> Lock(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::find_proposal_quote, postgres::IdOrNull("prop", id));
  if (found.empty()) return NotFound("proposal", id);
  Locked locked;
  ASSIGN_OR_RETURN(locked.stored,
                   store::LockQuote(tx, ids::QuoteId(found.front().Uuid("quote_id"))));
  ASSIGN_OR_RETURN(locked.proposal, postgres::LoadForChange<v1::Proposal>(tx, kProposal, id));
  return locked;
}

Result<void> CheckSendable(Transaction& tx, const Locked& locked) {
  const domain::Quote& quote = locked.stored.quote;
  if (locked.proposal.draft()) {
    return FailedPrecondition("PROPOSAL_NOT_RELEASED",
                              "The proposal was made before its version was released. Make it anew.");
  }
  if (quote.version != locked.proposal.quote_version() || quote.status != Status::kReleased) {
    return FailedPrecondition("PROPOSAL_OUTDATED",
                              "The quote is " + std::string(domain::Name(quote.status)) +
                                  " in version " + std::to_string(quote.version) +
                                  ". Send a proposal of a released, current version.",
                              {{"status", std::string(domain::Name(quote.status))},
                               {"version", std::to_string(quote.version)}});
  }
  RETURN_IF_FAULT(CheckStillValid(tx, locked.stored));
  return CheckContent(tx, locked.stored);
}

// The end of the link's last day.
Result<calendar::Instant> ExpiryOf(Transaction& tx, const domain::Quote& quote,
                                   const std::string& valid_until) {
  const calendar::Zone zone = store::ZoneOf(quote.time_zone);
  if (valid_until.empty()) return EndOfDay(quote.valid_until, zone);
  ASSIGN_OR_RETURN(const calendar::Date last, calendar::Date::Parse(valid_until));
  if (last > quote.valid_until || last < tx.Today(zone)) {
    return Invalid("/valid_until", "OUT_OF_RANGE",
                   "The link's last day lies between today and the quote's, " +
                       quote.valid_until.ToString() + ".");
  }
  return EndOfDay(last, zone);
}

template <class Answer>
Result<Answer> WithDocument(const App& app, const rpc::Call& call, const std::string& id,
                            const std::function<Answer(const postgres::Row&)>& answer) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<Answer> {
    const postgres::Rows found =
        tx.Run(sql::find_proposal_document, postgres::IdOrNull("prop", id));
    if (found.empty()) return NotFound("proposal", id);
    return answer(found.front());
  });
}

}  // namespace

Result<v1::Proposal> CreateProposal(const App& app, const rpc::Call& call,
                                    const v1::CreateProposalRequest& given) {
  v1::CreateProposalRequest request = Completed(given);
  const document::Locale* locale = document::FindLocale(request.locale());
  if (locale == nullptr) {
    std::string known;
    for (const std::string& tag : document::LocaleTags()) known += (known.empty() ? "" : ", ") + tag;
    return Invalid("/locale", "NOT_ALLOWED", "Documents come in " + known + ".");
  }
  request.set_locale(TagOf(*locale));
  const Result<ids::QuoteId> id = ids::QuoteId::Parse(request.quote_id());
  if (!id) return NotFound("quote", request.quote_id());
  ASSIGN_OR_RETURN(const bool released, FindReleased(app, call, *id));
  ASSIGN_OR_RETURN(domain::ProposalFacts facts,
                   GatherProposalFacts(app, call, *id, request.locale()));
  facts.full = request.form() == v1::PROPOSAL_FORM_FULL;
  facts.draft = !released;
  const bool code = request.currency_display() == v1::CURRENCY_DISPLAY_CODE;
  const Made made = Make(std::move(facts), {.locale = *locale,
                                            .words = domain::WordsOf(request.locale()),
                                            .display = code ? document::CurrencyDisplay::kCode
                                                            : document::CurrencyDisplay::kSymbol});
  return app.database.Command<v1::Proposal>(
      call, [&](Transaction& tx) { return Keep(tx, request, made); });
}

Result<v1::Proposal> GetProposal(const App& app, const rpc::Call& call,
                                 const v1::GetProposalRequest& request) {
  return postgres::Get<v1::Proposal>(app.database, call, kProposal, request);
}

Result<v1::ListProposalsResponse> ListProposals(const App& app, const rpc::Call& call,
                                                const v1::ListProposalsRequest& request) {
  return postgres::ListOf<v1::ListProposalsResponse>(app.database, call, kProposal, request);
}

Result<google::api::HttpBody> GetProposalPage(const App& app, const rpc::Call& call,
                                              const v1::GetProposalPageRequest& request) {
  return WithDocument<google::api::HttpBody>(
      app, call, request.id(), [](const postgres::Row& row) {
        return HtmlBody({document::Page({.language = std::string(row.Text("locale")),
                                         .title = std::string(row.Text("title")),
                                         .header = std::string(row.Text("seller")),
                                         .body = std::string(row.Text("html"))})});
      });
}

Result<google::api::HttpBody> GetProposalPdf(const App& app, const rpc::Call& call,
                                             const v1::GetProposalPdfRequest& request) {
  return WithDocument<google::api::HttpBody>(app, call, request.id(), PdfBody);
}

Result<v1::Proposal> SendProposal(const App& app, const rpc::Call& call,
                                  const v1::SendProposalRequest& request) {
  return app.database.Command<v1::Proposal>(call, [&](Transaction& tx) -> Result<v1::Proposal> {
    ASSIGN_OR_RETURN(const Locked locked, Lock(tx, request.id()));
    RETURN_IF_FAULT(CheckSendable(tx, locked));
    ASSIGN_OR_RETURN(const calendar::Instant expires_at,
                     ExpiryOf(tx, locked.stored.quote, request.valid_until()));
    const std::string token = NewLinkToken();
    tx.Run(sql::set_proposal_link, postgres::IdOrNull("prop", request.id()),
           postgres::Bytes{Sha256(token)}, expires_at, tx.now());
    ASSIGN_OR_RETURN(v1::Proposal proposal,
                     postgres::Load<v1::Proposal>(tx, kProposal, request.id()));
    auto fact = About<v1::ProposalSent>(proposal);
    fact.set_quote_version(proposal.quote_version());
    fact.set_link_expires_at(calendar::FormatInstant(expires_at));
    events::Append(tx, fact, {.source_version = proposal.revision()});
    proposal.set_link(app.public_url + "/v1/public/quotes/" + token);
    return proposal;
  });
}

Result<v1::Proposal> RevokeProposal(const App& app, const rpc::Call& call,
                                    const v1::RevokeProposalRequest& request) {
  return app.database.Command<v1::Proposal>(call, [&](Transaction& tx) -> Result<v1::Proposal> {
    ASSIGN_OR_RETURN(const Locked locked, Lock(tx, request.id()));
    // Nobody comes by it already.
    if (locked.proposal.status() != v1::PROPOSAL_STATUS_SENT) return locked.proposal;
    tx.Run(sql::end_proposal_link, postgres::IdOrNull("prop", request.id()));
    ASSIGN_OR_RETURN(v1::Proposal proposal,
                     postgres::Load<v1::Proposal>(tx, kProposal, request.id()));
    events::Append(tx, About<v1::ProposalRevoked>(proposal),
                   {.source_version = proposal.revision()});
    return proposal;
  });
}

Result<v1::ListProposalCommentsResponse> ListProposalComments(
    const App& app, const rpc::Call& call, const v1::ListProposalCommentsRequest& request) {
  return app.database.Read(
      call, [&](Transaction& tx) -> Result<v1::ListProposalCommentsResponse> {
        RETURN_IF_FAULT(postgres::Load<v1::Proposal>(tx, kProposal, request.proposal_id()));
        v1::ListProposalCommentsResponse response;
        RETURN_IF_FAULT(
            postgres::List(tx, {.select = sql::select_proposal_comments}, request, &response));
        return response;
      });
}

Result<v1::Acceptance> GetAcceptance(const App& app, const rpc::Call& call,
                                     const v1::GetAcceptanceRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::Acceptance> {
    const postgres::Rows found =
        tx.Run(sql::find_acceptance, postgres::IdOrNull("ord", request.order_id()));
    if (found.empty()) return NotFound("order", request.order_id());
    v1::Acceptance acceptance;
    postgres::Fill(found.front(), &acceptance);
    return acceptance;
  });
}

}  // namespace continuo::quoting::app
