#include "services/quoting/app/public_quotes.h"

#include <set>

#include "continuo/quoting/v1/order.pb.h"
#include "continuo/quoting/v1/proposal.pb.h"
#include "continuo/quoting/v1/proposal_events.pb.h"
#include "continuo/quoting/v1/public_quote.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/events/append.h"
#include "libs/json/read.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "services/quoting/app/accept_quote.h"
#include "services/quoting/app/proposal_body.h"
#include "services/quoting/app/public_page.h"
#include "services/quoting/app/sha256.h"
#include "services/quoting/app/show.h"
#include "services/quoting/domain/proposal_words.h"
#include "services/quoting/domain/quote_state.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using google::api::HttpBody;
using postgres::Transaction;

constexpr int kCommentsMax = 200;

Failure LinkNotValid() {
  return Failure(Fault{.code = Code::kNotFound,
                       .reason = "LINK_NOT_VALID",
                       .message = "This link is not valid. Ask whoever sent it for a new one."});
}

// Quoting itself acts; the audit entry and the events still tell of this call.
rpc::Call ByLink(const rpc::Call& call) {
  rpc::Call acting = AsQuoting(call);
  acting.method = call.method;
  return acting;
}

bool WantsPage(const std::string& accept) {
  return accept.find("text/html") != std::string::npos;
}

std::string HashOf(const std::string& token) { return Sha256(token); }

Result<PublicProposal> ReadProposal(const postgres::Row& row) {
  const bool accepted = row.OptionalInt("accepted_version") == row.Int("quote_version");
  // A version that is negotiated is read and commented on; accepting it is refused by its status.
  const domain::Status status = domain::ParseStatus(row.Text("status"));
  const bool open = (status == domain::Status::kReleased ||
                     status == domain::Status::kNegotiating) &&
                    row.Int("current_version") == row.Int("quote_version");
  if (!accepted && !open) return LinkNotValid();
  PublicProposal proposal{.id = ids::ProposalId(row.Uuid("id")),
                          .quote_id = ids::QuoteId(row.Uuid("quote_id")),
                          .opportunity_id = ids::OpportunityId(row.Uuid("opportunity_id")),
                          .number = std::string(row.Text("number")),
                          .title = std::string(row.Text("title")),
                          .seller = std::string(row.Text("seller")),
                          .consent = std::string(row.Text("consent")),
                          .html = std::string(row.Text("html")),
                          .locale = std::string(row.Text("locale")),
                          .version = static_cast<int>(row.Int("quote_version")),
                          .content_hash = std::string(row.Text("content_hash")),
                          .document_hash = std::string(row.Text("document_hash")),
                          .currency = std::string(row.Text("currency")),
                          .valid_until = row.Date("valid_until").ToString()};
  proposal.negotiating = status == domain::Status::kNegotiating;
  if (accepted) {
    proposal.order_number = row.Text("order_number");
    proposal.accepted_on = row.Date("accepted_on");
  }
  return proposal;
}

std::vector<PublicOption> OptionsOf(Transaction& tx, const ids::QuoteId& quote_id) {
  std::vector<PublicOption> options;
  for (const postgres::Row row : tx.Run(sql::list_options, quote_id)) {
    const auto currency = money::Currency::Parse(row.Text("currency")).value();
    options.push_back(
        {.code = std::string(row.Text("option")),
         .alternative_group = std::string(row.OptionalText("alternative_group").value_or("")),
         .products = std::string(row.Text("products")),
         .chosen = row.Bool("chosen"),
         .term_total = money::Money::FromMinor(row.Int("term_minor"), currency)});
  }
  return options;
}

Result<PublicProposal> Find(Transaction& tx, const std::string& token) {
  const postgres::Rows found =
      tx.Run(sql::find_public_proposal, postgres::Bytes{HashOf(token)}, tx.now());
  if (found.empty()) return LinkNotValid();
  ASSIGN_OR_RETURN(PublicProposal proposal, ReadProposal(found.front()));
  proposal.options = OptionsOf(tx, proposal.quote_id);
  return proposal;
}

Result<PublicProposal> Find(const App& app, const rpc::Call& call, const std::string& token) {
  return app.database.Read(ByLink(call), [&](Transaction& tx) { return Find(tx, token); });
}

HttpBody PageAnswer(const PublicProposal& proposal, const std::string& token,
                    const FormState& state = {}, int status = 200) {
  return HtmlBody({.html = PublicPage(proposal, token, state),
                   .status = status,
                   .has_forms = !proposal.accepted_on});
}

HttpBody JsonBody(const google::protobuf::Message& message) {
  HttpBody body;
  body.set_content_type("application/json");
  json::WriteMessage(message, body.mutable_data());
  return body;
}

void FillFrom(const v1::Quote& quote, v1::PublicQuote* shown) {
  for (const v1::QuoteLine& line : quote.lines()) {
    v1::PublicQuoteLine& own = *shown->add_lines();
    own.set_position(line.position());
    own.set_group(line.group());
    own.set_product_name(line.product_name());
    own.set_quantity(line.quantity());
    own.set_unit(line.unit());
    own.set_periods(line.periods());
    own.set_option(line.option());
    own.set_alternative_group(line.alternative_group());
    own.set_chosen(line.option().empty() || line.chosen());
    *own.mutable_net_amount() = line.net_amount();
    *own.mutable_term_total() = line.term_total();
  }
  *shown->mutable_one_off() = quote.totals().one_off();
  *shown->mutable_monthly() = quote.totals().monthly();
  *shown->mutable_term_total() = quote.totals().term_total();
}

// What is chosen now, of a version that was handed in with another choice.
Result<void> TakeChoice(Transaction& tx, v1::Quote* quote) {
  ASSIGN_OR_RETURN(const ids::QuoteId id, ids::QuoteId::Parse(quote->id()));
  ASSIGN_OR_RETURN(const v1::Quote now, ShowQuote(tx, id));
  std::set<std::string> chosen;
  for (const v1::QuoteLine& line : now.lines()) {
    if (line.chosen()) chosen.insert(line.id());
  }
  for (v1::QuoteLine& line : *quote->mutable_lines()) line.set_chosen(chosen.contains(line.id()));
  *quote->mutable_totals() = now.totals();
  return {};
}

// The version as it read when it was handed in: what the document was made of.
Result<v1::Quote> ReadVersion(const App& app, const rpc::Call& call,
                              const PublicProposal& proposal) {
  return app.database.Read(ByLink(call), [&](Transaction& tx) -> Result<v1::Quote> {
    const postgres::Rows found =
        tx.Run(sql::find_version_quote, proposal.quote_id, proposal.version);
    v1::Quote quote;
    if (found.empty() ||
        !json::ReadMessage(found.front().Text("quote"), &quote, json::Direction::kStored)) {
      return Internal("A submitted version does not read.");
    }
    if (!proposal.options.empty()) RETURN_IF_FAULT(TakeChoice(tx, &quote));
    return quote;
  });
}

Result<HttpBody> JsonAnswer(const App& app, const rpc::Call& call, const PublicProposal& proposal) {
  v1::PublicQuote shown;
  shown.set_number(proposal.number);
  shown.set_version(proposal.version);
  shown.set_status(proposal.accepted_on ? v1::PUBLIC_QUOTE_STATUS_ACCEPTED
                                        : v1::PUBLIC_QUOTE_STATUS_OPEN);
  shown.set_currency(proposal.currency);
  shown.set_valid_until(proposal.valid_until);
  shown.set_content_hash(proposal.content_hash);
  shown.set_document_hash(proposal.document_hash);
  shown.set_consent_text(proposal.consent);
  shown.set_order_number(proposal.order_number);
  if (proposal.accepted_on) shown.set_accepted_on(proposal.accepted_on->ToString());
  ASSIGN_OR_RETURN(const v1::Quote quote, ReadVersion(app, call, proposal));
  FillFrom(quote, &shown);
  return JsonBody(shown);
}

Result<HttpBody> Answer(const App& app, const rpc::Call& call, const PublicProposal& proposal,
                        const std::string& token, const std::string& accept) {
  if (WantsPage(accept)) return PageAnswer(proposal, token);
  return JsonAnswer(app, call, proposal);
}

Failure Missing(const FormState& state) {
  std::vector<Violation> violations;
  if (state.name_missing) {
    violations.push_back({"/name", "REQUIRED", "Name who accepts for the customer."});
  }
  if (state.consent_missing) {
    violations.push_back({"/consent", "REQUIRED", "Consent to consent_text to accept."});
  }
  if (state.comment_missing) violations.push_back({"/text", "REQUIRED", "Write a comment."});
  return Invalid(std::move(violations));
}

bool IsBlank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

// Of exactly what was read: the version, and its terms.
Result<void> CheckRead(const PublicProposal& proposal, const v1::AcceptPublicQuoteRequest& request) {
  if (request.version() != proposal.version) {
    return FailedPrecondition("QUOTE_VERSION_CHANGED",
                              "The link is for version " + std::to_string(proposal.version) + ".",
                              {{"version", std::to_string(proposal.version)}});
  }
  if (request.content_hash() == proposal.content_hash) return {};
  return FailedPrecondition("QUOTE_CONTENT_CHANGED",
                            "content_hash is not that of the terms. Read them again.");
}

// The link may end between looking and doing.
Result<void> LockLink(Transaction& tx, const std::string& token) {
  const postgres::Rows locked =
      tx.Run(sql::lock_public_proposal, postgres::Bytes{HashOf(token)}, tx.now());
  if (locked.empty()) return LinkNotValid();
  return {};
}

std::vector<std::string> OptionsOf(const v1::AcceptPublicQuoteRequest& request) {
  return {request.options().begin(), request.options().end()};
}

Result<v1::Order> Accept(const App& app, const rpc::Call& call, const PublicProposal& proposal,
                         const v1::AcceptPublicQuoteRequest& request) {
  RETURN_IF_FAULT(CheckRead(proposal, request));
  std::optional<std::vector<std::string>> options;
  if (!proposal.options.empty() || request.options_size() > 0) options = OptionsOf(request);
  return AcceptVersion(app, ByLink(call),
                       {.quote_id = proposal.quote_id,
                        .opportunity_id = proposal.opportunity_id,
                        .version = proposal.version,
                        .form = "on_line",
                        .accepted_by = request.name(),
                        .client_address = request.client_address(),
                        .user_agent = request.user_agent(),
                        .proposal_id = proposal.id,
                        .options = options,
                        .check = [&](Transaction& tx) { return LockLink(tx, request.token()); }});
}

Result<void> KeepComment(Transaction& tx, const v1::CommentOnPublicQuoteRequest& request,
                         v1::ProposalComment* comment) {
  const postgres::Rows locked =
      tx.Run(sql::lock_public_proposal, postgres::Bytes{HashOf(request.token())}, tx.now());
  if (locked.empty()) return LinkNotValid();
  const postgres::Row row = locked.front();
  const ids::ProposalId id(row.Uuid("id"));
  if (tx.Run(sql::count_proposal_comments, id).front().Int("comments") >= kCommentsMax) {
    return FailedPrecondition("TOO_MANY_COMMENTS",
                              "There are too many comments already. Write to whoever sent this.");
  }
  const auto comment_id = ids::Id<"pcom">::New();
  comment->set_id(comment_id.ToString());
  comment->set_proposal_id(id.ToString());
  const ids::AccountId account(row.Uuid("account_id"));
  const auto kept = tx.Run(sql::insert_proposal_comment, comment_id, id, account,
                           postgres::NullIfEmpty(request.name()), request.text(), tx.now());
  if (kept.affected() == 0) return {};
  v1::ProposalCommented fact;
  fact.set_id(id.ToString());
  fact.set_revision(row.Int("revision"));
  fact.set_account_id(account.ToString());
  fact.set_quote_id(row.Id("quo", "quote_id"));
  fact.set_comment_id(comment->id());
  events::Append(tx, fact, {.source_version = fact.revision()});
  return {};
}

}  // namespace

Result<HttpBody> GetPublicQuote(const App& app, const rpc::Call& call,
                                const v1::GetPublicQuoteRequest& request) {
  ASSIGN_OR_RETURN(const PublicProposal proposal, Find(app, call, request.token()));
  return Answer(app, call, proposal, request.token(), request.accept());
}

Result<HttpBody> AcceptPublicQuote(const App& app, const rpc::Call& call,
                                   const v1::AcceptPublicQuoteRequest& request) {
  const std::string& token = request.token();
  const bool page = WantsPage(request.accept());
  ASSIGN_OR_RETURN(const PublicProposal proposal, Find(app, call, token));
  if (proposal.accepted_on) return Answer(app, call, proposal, token, request.accept());
  FormState state{.name = request.name(),
                  .consent = request.consent(),
                  .name_missing = IsBlank(request.name()),
                  .consent_missing = !request.consent()};
  const std::vector<std::string> options = OptionsOf(request);
  state.options = std::set<std::string>(options.begin(), options.end());
  if (state.name_missing || state.consent_missing) {
    if (page) return PageAnswer(proposal, token, state, 400);
    return Missing(state);
  }
  const Result<v1::Order> order = Accept(app, call, proposal, request);
  const bool made = order || order.error().reason == "QUOTE_ALREADY_ACCEPTED";
  if (!made && page && order.error().reason == "OPTIONS_NOT_CHOSEN") {
    state.choice_missing = true;
    return PageAnswer(proposal, token, state, 400);
  }
  if (!made && page && order.error().code == Code::kFailedPrecondition) {
    state.refused = domain::WordsOf(proposal.locale).not_acceptable;
    return PageAnswer(proposal, token, state, 409);
  }
  if (!made) return Failure(order.error());
  ASSIGN_OR_RETURN(const PublicProposal accepted, Find(app, call, token));
  return Answer(app, call, accepted, token, request.accept());
}

Result<HttpBody> GetPublicQuotePdf(const App& app, const rpc::Call& call,
                                   const v1::GetPublicQuotePdfRequest& request) {
  return app.database.Read(ByLink(call), [&](Transaction& tx) -> Result<HttpBody> {
    ASSIGN_OR_RETURN(const PublicProposal proposal, Find(tx, request.token()));
    const postgres::Rows found = tx.Run(sql::find_proposal_document, proposal.id);
    if (found.empty()) return LinkNotValid();
    return PdfBody(found.front());
  });
}

Result<HttpBody> CommentOnPublicQuote(const App& app, const rpc::Call& call,
                                      const v1::CommentOnPublicQuoteRequest& request) {
  ASSIGN_OR_RETURN(const PublicProposal proposal, Find(app, call, request.token()));
  const bool page = WantsPage(request.accept());
  const FormState state{.comment = request.text(),
                        .comment_name = request.name(),
                        .comment_missing = IsBlank(request.text())};
  if (state.comment_missing) {
    if (page && !proposal.accepted_on) return PageAnswer(proposal, request.token(), state, 400);
    return Missing(state);
  }
  ASSIGN_OR_RETURN(
      const auto comment,
      app.database.Command<v1::ProposalComment>(
          ByLink(call), [&](Transaction& tx) -> Result<v1::ProposalComment> {
            v1::ProposalComment kept;
            RETURN_IF_FAULT(KeepComment(tx, request, &kept));
            return kept;
          }));
  if (page) return HtmlBody({.html = CommentThanksPage(proposal, request.token())});
  return JsonBody(comment);
}

}  // namespace continuo::quoting::app
