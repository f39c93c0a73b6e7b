// Proposals and what customers do by their links, on a real Postgres.
#include "continuo/quoting/v1/proposal.pb.h"
#include "continuo/quoting/v1/public_quote.pb.h"
#include "continuo/type/v1/http_answer.pb.h"
#include "google/api/httpbody.pb.h"
#include "services/quoting/app/proposals.h"
#include "services/quoting/app/public_quotes.h"
#include "services/quoting/app/sha256.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

using google::api::HttpBody;

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

type::v1::HttpAnswer Says(const HttpBody& body) {
  type::v1::HttpAnswer says;
  if (body.extensions_size() > 0) body.extensions(0).UnpackTo(&says);
  return says;
}

struct Stage : Quoting {
  Stage() {
    app.public_url = "https://quotes.example";
    auto customer = std::static_pointer_cast<crm::v1::Account>(peers.answers.at(account));
    customer->set_name("Beispiel & Söhne AG");
    customer->mutable_billing_address()->add_lines("Musterweg 1");
    auto german = std::static_pointer_cast<directory::v1::Division>(peers.answers.at(division));
    german->set_legal_name("Example GmbH");
  }

  Result<v1::Proposal> Make(const v1::Quote& quote, const std::string& locale = "en",
                            v1::ProposalForm form = v1::PROPOSAL_FORM_SHORT) {
    v1::CreateProposalRequest request;
    request.set_quote_id(quote.id());
    request.set_locale(locale);
    request.set_form(form);
    return CreateProposal(app, Call(), request);
  }
  Result<v1::Proposal> Send(const v1::Proposal& proposal, const std::string& until = "") {
    v1::SendProposalRequest request;
    request.set_id(proposal.id());
    request.set_valid_until(until);
    return SendProposal(app, Call(), request);
  }
  static std::string TokenOf(const v1::Proposal& sent) {
    return sent.link().substr(sent.link().rfind('/') + 1);
  }
  // A released quote with its proposal's token.
  struct Sent {
    v1::Quote quote;
    v1::Proposal proposal;
    std::string token;
  };
  Sent SendDemoDeal() {
    Sent sent{.quote = Release(OpenDemoDeal())};
    sent.proposal = Must(Make(sent.quote));
    sent.token = TokenOf(Must(Send(sent.proposal)));
    return sent;
  }

  // As the server makes it of a public method: nobody.
  static rpc::Call Anyone() {
    rpc::Call call;
    call.request_id = ids::RequestId::New().ToString();
    call.method = "/continuo.quoting.v1.QuotingService/AcceptPublicQuote";
    return call;
  }
  Result<HttpBody> Look(const std::string& token, const std::string& accept = "text/html") {
    v1::GetPublicQuoteRequest request;
    request.set_token(token);
    request.set_accept(accept);
    return GetPublicQuote(app, Anyone(), request);
  }
  static v1::AcceptPublicQuoteRequest Acceptance(const Sent& sent) {
    v1::AcceptPublicQuoteRequest request;
    request.set_token(sent.token);
    request.set_version(sent.quote.version());
    request.set_content_hash(sent.quote.content_hash());
    request.set_name("Erika Muster");
    request.set_consent(true);
    request.set_accept("text/html");
    request.set_user_agent("Browser/1");
    request.set_client_address("192.0.2.7");
    return request;
  }
  Result<HttpBody> AcceptBy(const v1::AcceptPublicQuoteRequest& request) {
    return AcceptPublicQuote(app, Anyone(), request);
  }
  std::string Orders() { return test.Execute("SELECT count(*) FROM quoting.\"order\""); }
};

TEST_CASE("A proposal is made of a version, once, and says its terms") {
  Stage stage;
  const v1::Quote quote = stage.Release(stage.OpenDemoDeal());
  const v1::Proposal proposal = stage.Must(stage.Make(quote, "de-AT"));
  CHECK(proposal.status() == v1::PROPOSAL_STATUS_MADE);
  CHECK(proposal.locale() == "de");
  CHECK(proposal.quote_version() == 1);
  CHECK(!proposal.draft());
  CHECK(proposal.content_hash() == quote.content_hash());
  v1::GetProposalPdfRequest of_pdf;
  of_pdf.set_id(proposal.id());
  const HttpBody pdf = stage.Must(GetProposalPdf(stage.app, stage.Call(), of_pdf));
  CHECK(pdf.content_type() == "application/pdf");
  CHECK(HexOfSha256(pdf.data()) == proposal.document_hash());
  CHECK(Says(pdf).etag() == proposal.document_hash());
  CHECK(Says(pdf).file_name() == "Angebot_Q-000001.pdf");
  v1::GetProposalPageRequest of_page;
  of_page.set_id(proposal.id());
  const HttpBody page = stage.Must(GetProposalPage(stage.app, stage.Call(), of_page));
  for (const std::string& part :
       {std::string("<html lang=\"de\">"), std::string("Angebot Q-000001"),
        std::string("Beispiel &amp; Söhne AG"), std::string("Example GmbH"),
        std::string("Licence per seat"), std::string("72.700,00\u00a0€"), std::string("Gold"),
        quote.content_hash()}) {
    INFO(part);
    CHECK(Has(page.data(), part));
  }
  CHECK(stage.Must(stage.Make(quote, "de")).document_hash() == proposal.document_hash());
  CHECK(stage.Must(stage.Make(quote, "fr")).document_hash() != proposal.document_hash());
  v1::ListProposalsRequest of_quote;
  of_quote.set_quote_id(quote.id());
  CHECK(stage.Must(ListProposals(stage.app, stage.Call(), of_quote)).data_size() == 3);
}

TEST_CASE("A proposal is of terms that stand, and a draft of them cannot be sent") {
  Stage stage;
  v1::Quote quote = stage.OpenDemoDeal();
  CHECK(Reason(stage.Make(quote)) == "QUOTE_ACTION_NOT_ALLOWED");
  CHECK(Pointer(stage.Make(quote, "tlh")) == "/locale");
  quote = stage.Must(SubmitQuote(stage.app, stage.Call(), Quoting::Of<v1::SubmitQuoteRequest>(quote)));
  const v1::Proposal draft = stage.Must(stage.Make(quote));
  CHECK(draft.draft());
  CHECK(Reason(stage.Send(draft)) == "PROPOSAL_NOT_RELEASED");
  stage.Must(ApproveQuote(stage.app, stage.Call(), Quoting::Version<v1::ApproveQuoteRequest>(quote)));
  quote = stage.Must(
      ReleaseQuote(stage.app, stage.Call(), Quoting::Version<v1::ReleaseQuoteRequest>(quote)));
  CHECK(Reason(stage.Send(draft)) == "PROPOSAL_NOT_RELEASED");
  const v1::Proposal released = stage.Must(stage.Make(quote));
  CHECK(stage.Must(stage.Send(released)).status() == v1::PROPOSAL_STATUS_SENT);
  // The next version has proposals of its own.
  stage.Must(stage.SetQuantity(stage.Get(quote.id()), 0, "90"));
  CHECK(Reason(stage.Send(released)) == "PROPOSAL_OUTDATED");
  stage.Must(DeclineQuote(stage.app, stage.Call(), [&] {
    auto decline = Quoting::Of<v1::DeclineQuoteRequest>(quote);
    decline.set_reason("too dear");
    return decline;
  }()));
  CHECK(Reason(stage.Make(quote)) == "QUOTE_ACTION_NOT_ALLOWED");
}

TEST_CASE("A link is shown once, ends with the quote's last day, and a new one ends the old") {
  Stage stage;
  auto sent = stage.SendDemoDeal();
  CHECK(sent.token.size() == 43);
  v1::GetProposalRequest get;
  get.set_id(sent.proposal.id());
  const v1::Proposal shown = stage.Must(GetProposal(stage.app, stage.Call(), get));
  CHECK(shown.link().empty());
  CHECK(shown.link_expires_at().seconds() == 1775772000);  // 2026-04-10T00:00 in Berlin
  CHECK(stage.test.Execute("SELECT count(*) FROM quoting.proposal WHERE link_hash = sha256('" +
                           sent.token + "')") == "1");
  CHECK(stage.Look(sent.token));
  CHECK(Pointer(stage.Send(sent.proposal, "2026-04-10")) == "/valid_until");
  CHECK(Pointer(stage.Send(sent.proposal, "2026-03-09")) == "/valid_until");
  const v1::Proposal again = stage.Must(stage.Send(sent.proposal, "2026-03-20"));
  CHECK(Reason(stage.Look(sent.token)) == "LINK_NOT_VALID");
  CHECK(stage.Look(Stage::TokenOf(again)));
  stage.test.SetClock("quoting", "2026-03-20T23:00:00Z");
  CHECK(Reason(stage.Look(Stage::TokenOf(again))) == "LINK_NOT_VALID");
}

TEST_CASE("Whoever has a link that is none, ended or outdated learns nothing") {
  Stage stage;
  const auto sent = stage.SendDemoDeal();
  const Fault unknown = stage.Look("nonsense").error();
  CHECK(unknown.reason == "LINK_NOT_VALID");
  const auto same = [&] {
    const auto now = stage.Look(sent.token);
    return !now && now.error().message == unknown.message && now.error().metadata.empty();
  };
  SECTION("revoked") {
    v1::RevokeProposalRequest revoke;
    revoke.set_id(sent.proposal.id());
    CHECK(stage.Must(RevokeProposal(stage.app, stage.Call(), revoke)).status() ==
          v1::PROPOSAL_STATUS_REVOKED);
    // Twice is once.
    CHECK(stage.Must(RevokeProposal(stage.app, stage.Call(), revoke)).revision() == 3);
    CHECK(Has(stage.Events(), "proposal.created proposal.sent proposal.revoked"));
  }
  SECTION("the quote has moved on") { stage.Must(stage.SetQuantity(stage.Get(sent.quote.id()), 0, "90")); }
  SECTION("the last day is over") { stage.test.SetClock("quoting", "2026-04-09T22:00:00Z"); }
  CHECK(same());
  CHECK(Reason(stage.AcceptBy(Stage::Acceptance(sent))) == "LINK_NOT_VALID");
  v1::GetPublicQuotePdfRequest pdf;
  pdf.set_token(sent.token);
  CHECK(Reason(GetPublicQuotePdf(stage.app, Stage::Anyone(), pdf)) == "LINK_NOT_VALID");
  v1::CommentOnPublicQuoteRequest comment;
  comment.set_token(sent.token);
  comment.set_text("Hello");
  CHECK(Reason(CommentOnPublicQuote(stage.app, Stage::Anyone(), comment)) == "LINK_NOT_VALID");
  CHECK(stage.Orders() == "0");
}

TEST_CASE("By its link a proposal is read as a page, as JSON and as PDF") {
  Stage stage;
  const auto sent = stage.SendDemoDeal();
  const HttpBody page = stage.Must(stage.Look(sent.token));
  CHECK(page.content_type() == "text/html; charset=utf-8");
  for (const std::string& part :
       {std::string("<html lang=\"en\">"), std::string("<form method=\"post\""),
        "name=\"content_hash\" value=\"" + sent.quote.content_hash() + "\"",
        std::string("<label for=\"name\">"), std::string("href=\"#accept\""), sent.token}) {
    INFO(part);
    CHECK(Has(page.data(), part));
  }
  CHECK(!Has(page.data(), "<script"));
  CHECK(!Has(page.data(), sent.quote.opportunity_id()));
  CHECK(Has(Says(page).content_security_policy(), "form-action 'self'"));
  const HttpBody json = stage.Must(stage.Look(sent.token, "application/json"));
  CHECK(json.content_type() == "application/json");
  const auto shown = Json<v1::PublicQuote>(json.data());
  CHECK(shown.status() == v1::PUBLIC_QUOTE_STATUS_OPEN);
  CHECK(shown.lines_size() == 3);
  CHECK(shown.term_total().amount() == "72700.00");
  CHECK(shown.content_hash() == sent.quote.content_hash());
  CHECK(Has(shown.consent_text(), "Beispiel & Söhne AG"));
  v1::GetPublicQuotePdfRequest pdf;
  pdf.set_token(sent.token);
  CHECK(HexOfSha256(stage.Must(GetPublicQuotePdf(stage.app, Stage::Anyone(), pdf)).data()) ==
        sent.proposal.document_hash());
}

TEST_CASE("The customer accepts on line, once, and what it was is kept") {
  Stage stage;
  const auto sent = stage.SendDemoDeal();
  const HttpBody thanks = stage.Must(stage.AcceptBy(Stage::Acceptance(sent)));
  CHECK(Says(thanks).status() == 200);
  CHECK(Has(thanks.data(), "O-000001"));
  CHECK(!Has(thanks.data(), "<form"));
  const HttpBody repeated = stage.Must(stage.AcceptBy(Stage::Acceptance(sent)));
  CHECK(repeated.data() == thanks.data());
  CHECK(stage.Must(stage.Look(sent.token)).data() == thanks.data());
  CHECK(stage.Orders() == "1");

  const v1::Quote quote = stage.Get(sent.quote.id());
  CHECK(quote.status() == v1::QUOTE_STATUS_ACCEPTED);
  v1::GetAcceptanceRequest get;
  get.set_order_id(quote.order_id());
  const v1::Acceptance kept = stage.Must(GetAcceptance(stage.app, stage.Call(), get));
  CHECK(kept.form() == v1::ACCEPTANCE_FORM_ON_LINE);
  CHECK(kept.accepted_by() == "Erika Muster");
  CHECK(kept.client_address() == "192.0.2.7");
  CHECK(kept.user_agent() == "Browser/1");
  CHECK(kept.proposal_id() == sent.proposal.id());
  CHECK(kept.document_hash() == sent.proposal.document_hash());
  CHECK(kept.content_hash() == sent.quote.content_hash());
  CHECK(Has(kept.consent(), "I accept offer Q-000001, version 1"));
  CHECK(kept.recorded_by().empty());
  CHECK(kept.accepted_at().seconds() == 1773133200);  // 2026-03-10T09:00:00Z
  v1::GetProposalRequest of_proposal;
  of_proposal.set_id(sent.proposal.id());
  CHECK(stage.Must(GetProposal(stage.app, stage.Call(), of_proposal)).status() ==
        v1::PROPOSAL_STATUS_ACCEPTED);
  // Nothing of a person is told to anyone.
  CHECK(stage.test.Execute("SELECT count(*) FROM quoting.event_log WHERE data::text LIKE '%Erika%' "
                           "OR data::text LIKE '%192.0.2.7%'") == "0");
}

TEST_CASE("Nothing but what was read is accepted, with a name and with consent") {
  Stage stage;
  const auto sent = stage.SendDemoDeal();
  v1::AcceptPublicQuoteRequest request = Stage::Acceptance(sent);
  const auto refused = [&](const char* reason, int status) {
    const HttpBody page = stage.Must(stage.AcceptBy(request));
    CHECK(Says(page).status() == status);
    CHECK(Has(page.data(), "role=\"alert\""));
    CHECK(Has(page.data(), "<form method=\"post\""));
    request.set_accept("application/json");
    CHECK(Reason(stage.AcceptBy(request)) == reason);
  };
  SECTION("another version") {
    request.set_version(2);
    refused("QUOTE_VERSION_CHANGED", 409);
  }
  SECTION("other terms") {
    request.set_content_hash(std::string(64, '0'));
    refused("QUOTE_CONTENT_CHANGED", 409);
  }
  SECTION("no name") {
    request.set_name("  ");
    refused("INVALID_REQUEST", 400);
  }
  SECTION("no consent") {
    request.set_consent(false);
    refused("INVALID_REQUEST", 400);
    CHECK(Pointer(stage.AcceptBy(request)) == "/consent");
  }
  CHECK(stage.Orders() == "0");
}

TEST_CASE("In person, the document that was signed must say the current terms") {
  Stage stage;
  const auto sent = stage.SendDemoDeal();
  auto request = Quoting::Version<v1::AcceptQuoteRequest>(sent.quote);
  request.set_accepted_by("Erika Muster");
  request.set_place("Bonn");
  request.set_document_hash(std::string(64, '0'));
  CHECK(Reason(AcceptQuote(stage.app, stage.Call(), request)) == "QUOTE_CONTENT_CHANGED");
  request.set_document_hash(sent.proposal.document_hash());
  request.set_proposal_id(ids::ProposalId::New().ToString());
  CHECK(Reason(AcceptQuote(stage.app, stage.Call(), request)) == "QUOTE_CONTENT_CHANGED");
  request.set_proposal_id(sent.proposal.id());
  const v1::Order order = stage.Must(AcceptQuote(stage.app, stage.Call(), request));
  v1::GetAcceptanceRequest get;
  get.set_order_id(order.id());
  const v1::Acceptance kept = stage.Must(GetAcceptance(stage.app, stage.Call(), get));
  CHECK(kept.form() == v1::ACCEPTANCE_FORM_IN_PERSON);
  CHECK(kept.document_hash() == sent.proposal.document_hash());
  CHECK(kept.place() == "Bonn");
  CHECK(kept.recorded_by() == stage.seller);
  // Whoever still has the link sees that it is done.
  CHECK(Has(stage.Must(stage.Look(sent.token)).data(), order.number()));
}

TEST_CASE("The customer comments, and a form that was sent twice is one comment") {
  Stage stage;
  const auto sent = stage.SendDemoDeal();
  v1::CommentOnPublicQuoteRequest request;
  request.set_token(sent.token);
  request.set_accept("text/html");
  CHECK(Says(stage.Must(CommentOnPublicQuote(stage.app, Stage::Anyone(), request))).status() == 400);
  request.set_text("Is <b>training</b> included?");
  request.set_name("Erika");
  for (int i = 0; i < 2; ++i) {
    const HttpBody page = stage.Must(CommentOnPublicQuote(stage.app, Stage::Anyone(), request));
    CHECK(Has(page.data(), "Your comment has been sent."));
  }
  v1::ListProposalCommentsRequest list;
  list.set_proposal_id(sent.proposal.id());
  const auto comments = stage.Must(ListProposalComments(stage.app, stage.Call(), list));
  REQUIRE(comments.data_size() == 1);
  CHECK(comments.data(0).text() == "Is <b>training</b> included?");
  CHECK(Has(stage.Events(), "proposal.commented"));
  stage.test.Execute(
      "INSERT INTO quoting.proposal_comment SELECT gen_random_uuid(), id, account_id, NULL, 'x', now() "
      "FROM quoting.proposal, generate_series(1, 199)");
  request.set_text("One more");
  CHECK(Reason(CommentOnPublicQuote(stage.app, Stage::Anyone(), request)) == "TOO_MANY_COMMENTS");
}

TEST_CASE("A proposal of an account that one is not linked to does not exist") {
  Stage stage;
  const auto sent = stage.SendDemoDeal();
  const rpc::Call stranger = stage.As(ids::UserId::New().ToString(), false);
  v1::GetProposalRequest get;
  get.set_id(sent.proposal.id());
  CHECK(Reason(GetProposal(stage.app, stranger, get)) == "NOT_FOUND");
  v1::GetProposalPdfRequest pdf;
  pdf.set_id(sent.proposal.id());
  CHECK(Reason(GetProposalPdf(stage.app, stranger, pdf)) == "NOT_FOUND");
  v1::SendProposalRequest send;
  send.set_id(sent.proposal.id());
  CHECK(Reason(SendProposal(stage.app, stranger, send)) == "NOT_FOUND");
  CHECK(stage.Must(ListProposals(stage.app, stranger, {})).data_size() == 0);
}

}  // namespace
}  // namespace continuo::quoting::app
