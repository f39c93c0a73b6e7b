// Clauses, their reviews and the remarks of a negotiation, on a real Postgres.
#include "services/quoting/app/clauses.h"

#include "continuo/directory/v1/user.pb.h"
#include "continuo/quoting/v1/clause.pb.h"
#include "continuo/quoting/v1/deal.pb.h"
#include "services/quoting/app/clone_quote.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

struct Stage : Quoting {
  Stage() {
    for (const std::string& id : {lawyer, seller}) {
      directory::v1::User user;
      user.set_id(id);
      user.set_profile_id(ids::SecurityProfileId::New().ToString());
      peers.Know(id, user);
    }
  }
  v1::Clause Write(const std::string& code, const std::string& text,
                   const std::string& locale = "") {
    v1::CreateClauseRequest request;
    request.mutable_clause()->set_code(code);
    request.mutable_clause()->set_locale(locale);
    request.mutable_clause()->set_title("Title of " + code);
    request.mutable_clause()->set_text(text);
    return Must(CreateClause(app, Call(), request));
  }
  Result<v1::Quote> Add(const v1::Quote& quote, const v1::Clause& clause,
                        const std::string& text = "", const std::string& reviewer = "") {
    v1::AddQuoteClauseRequest request;
    request.set_quote_id(quote.id());
    request.mutable_clause()->set_clause_id(clause.id());
    request.mutable_clause()->set_text(text);
    request.mutable_clause()->set_reviewer_id(reviewer);
    return AddQuoteClause(app, Matching(quote), request);
  }
  Result<v1::Quote> Change(const v1::Quote& quote, const std::string& text,
                           const std::string& reviewer) {
    v1::UpdateQuoteClauseRequest request;
    request.set_quote_id(quote.id());
    request.set_id(quote.clauses(0).id());
    request.mutable_clause()->set_text(text);
    request.mutable_clause()->set_reviewer_id(reviewer);
    request.add_update_mask("text");
    request.add_update_mask("reviewer_id");
    return UpdateQuoteClause(app, Matching(quote), request);
  }
  Result<v1::Quote> Decide(const v1::Quote& quote, v1::ClauseDecision decision,
                           const std::string& text = "") {
    v1::DecideQuoteClauseRequest request;
    request.set_quote_id(quote.id());
    request.set_id(quote.clauses(0).id());
    request.set_decision(decision);
    request.set_text(text);
    request.set_reason("checked");
    rpc::Call call = As(lawyer);
    call.if_match = std::to_string(quote.revision());
    return DecideQuoteClause(app, call, request);
  }
  Result<v1::Quote> Negotiate(const v1::Quote& quote) {
    auto request = Of<v1::NegotiateQuoteRequest>(quote);
    request.set_reason("their lawyers have remarks");
    return NegotiateQuote(app, Call(), request);
  }
  Result<v1::QuoteComment> Comment(const v1::Quote& quote, const std::string& clause_id,
                                   v1::CommentSide side) {
    v1::CreateQuoteCommentRequest request;
    request.set_quote_id(quote.id());
    request.mutable_comment()->set_text("Could this be 45 days?");
    request.mutable_comment()->set_quote_clause_id(clause_id);
    request.mutable_comment()->set_side(side);
    return CreateQuoteComment(app, Call(), request);
  }
  const std::string lawyer = ids::UserId::New().ToString();
};

TEST_CASE("A standard clause has versions, in each language its own") {
  Stage stage;
  CHECK(stage.Write("PAY", "within 30 days").version() == 1);
  const v1::Clause second = stage.Write("PAY", "within 14 days");
  CHECK(second.version() == 2);
  CHECK(stage.Write("PAY", "innerhalb von 30 Tagen", "de").version() == 1);
  v1::GetClauseRequest get;
  get.set_id(second.id());
  CHECK(stage.Must(GetClause(stage.app, stage.Call(), get)).text() == "within 14 days");
  v1::ListClausesRequest list;
  list.set_locale("en");
  rpc::Call call = stage.Call();
  call.method = "/continuo.quoting.v1.QuotingService/ListClauses";
  CHECK(stage.Must(ListClauses(stage.app, call, list)).data_size() == 2);
}

TEST_CASE("A clause is part of the terms") {
  Stage stage;
  v1::Quote quote = stage.Open({Quoting::Line(stage.installation, "1")});
  const std::string before = quote.content_hash();
  const v1::Clause pay = stage.Write("PAY", "within 30 days");
  quote = stage.Must(stage.Add(quote, pay));
  REQUIRE(quote.clauses_size() == 1);
  CHECK(quote.clauses(0).review() == v1::CLAUSE_REVIEW_STANDARD);
  CHECK(quote.clauses(0).text() == "within 30 days");
  CHECK(quote.content_hash() != before);
  CHECK(Pointer(stage.Add(quote, pay)) == "/clause_id");
  v1::Clause unknown;
  unknown.set_id("cls_" + ids::QuoteId::New().ToString().substr(4));
  CHECK(Pointer(stage.Add(quote, unknown)) == "/clause_id");
  quote = stage.Release(quote);
  v1::RemoveQuoteClauseRequest remove;
  remove.set_quote_id(quote.id());
  remove.set_id(quote.clauses(0).id());
  quote = stage.Must(RemoveQuoteClause(stage.app, stage.Matching(quote), remove));
  CHECK(quote.status() == v1::QUOTE_STATUS_DRAFT);
  CHECK(quote.version() == 2);
  CHECK(quote.content_hash() == before);
}

TEST_CASE("A clone takes the clauses along") {
  Stage stage;
  v1::Quote quote = stage.Open({Quoting::Line(stage.installation, "1")});
  quote = stage.Must(stage.Add(quote, stage.Write("PAY", "within 30 days")));
  v1::CloneQuoteRequest request;
  request.set_id(quote.id());
  request.set_new_opportunity(true);
  const v1::Quote clone = stage.Must(CloneQuote(stage.app, stage.Call(), request));
  REQUIRE(clone.clauses_size() == 1);
  CHECK(clone.clauses(0).text() == "within 30 days");
  CHECK(clone.clauses(0).id() != quote.clauses(0).id());
}

TEST_CASE("A changed clause is decided by its reviewer before the version is submitted") {
  Stage stage;
  v1::Quote quote = stage.Open({Quoting::Line(stage.installation, "1")});
  const v1::Clause pay = stage.Write("PAY", "within 30 days");
  CHECK(Pointer(stage.Add(quote, pay, "within 45 working days")) == "/reviewer_id");
  CHECK(Pointer(stage.Add(quote, pay, "within 45 working days", ids::UserId::New().ToString())) ==
        "/reviewer_id");
  quote = stage.Must(stage.Add(quote, pay, "within 45 working days", stage.lawyer));
  CHECK(quote.clauses(0).review() == v1::CLAUSE_REVIEW_PENDING);
  const auto submit = Quoting::Of<v1::SubmitQuoteRequest>(quote);
  CHECK(Reason(SubmitQuote(stage.app, stage.Call(), submit)) == "CLAUSES_UNDECIDED");

  v1::GetQuoteClauseRedlineRequest redline;
  redline.set_quote_id(quote.id());
  redline.set_id(quote.clauses(0).id());
  redline.set_html(true);
  const v1::Redline shown = stage.Must(GetQuoteClauseRedline(stage.app, stage.Call(), redline));
  CHECK(shown.html() == "within <del>30</del><ins>45 working</ins> days");
  REQUIRE(shown.runs_size() == 4);
  CHECK(shown.runs(1).kind() == v1::Redline::KIND_DELETE);
  CHECK(Reason(GetQuoteClauseRedline(stage.app, stage.As(stage.lawyer, false), redline)) ==
        "NOT_FOUND");

  const std::string changed_hash = quote.content_hash();
  SECTION("accepted: the terms are the changed ones, and stay what they are") {
    quote = stage.Must(stage.Decide(quote, v1::CLAUSE_DECISION_ACCEPT));
    CHECK(quote.clauses(0).review() == v1::CLAUSE_REVIEW_ACCEPTED);
    CHECK(quote.clauses(0).reviewed_by() == stage.lawyer);
    CHECK(quote.clauses(0).review_reason() == "checked");
    CHECK(quote.content_hash() == changed_hash);
  }
  SECTION("rejected: the standard again") {
    quote = stage.Must(stage.Decide(quote, v1::CLAUSE_DECISION_REJECT));
    CHECK(quote.clauses(0).text() == "within 30 days");
    CHECK(quote.content_hash() != changed_hash);
  }
  SECTION("countered: the reviewer's own text") {
    quote = stage.Must(stage.Decide(quote, v1::CLAUSE_DECISION_COUNTER, "within 40 days"));
    CHECK(quote.clauses(0).text() == "within 40 days");
    CHECK(quote.clauses(0).review() == v1::CLAUSE_REVIEW_COUNTERED);
  }
  stage.Must(SubmitQuote(stage.app, stage.Call(), submit));
  CHECK(stage.Events().find("quote.clause_changed") != std::string::npos);
  CHECK(stage.Events().find("quote.clause_decided") != std::string::npos);
}

TEST_CASE("A version that is negotiated cannot be accepted until it is released again") {
  Stage stage;
  v1::Quote quote = stage.Open({Quoting::Line(stage.installation, "1")});
  quote = stage.Must(stage.Add(quote, stage.Write("PAY", "within 30 days")));
  CHECK(Reason(stage.Negotiate(quote)) == "QUOTE_ACTION_NOT_ALLOWED");
  quote = stage.Release(quote);
  quote = stage.Must(stage.Negotiate(quote));
  CHECK(quote.status() == v1::QUOTE_STATUS_NEGOTIATING);
  CHECK(Reason(stage.Accept(quote)) == "QUOTE_ACTION_NOT_ALLOWED");
  const v1::QuoteComment comment = stage.Must(
      stage.Comment(quote, quote.clauses(0).id(), v1::COMMENT_SIDE_CUSTOMER));
  CHECK(comment.side() == v1::COMMENT_SIDE_CUSTOMER);
  CHECK(comment.quote_clause_id() == quote.clauses(0).id());
  CHECK(stage.Must(stage.Comment(quote, "", v1::COMMENT_SIDE_UNSPECIFIED)).side() ==
        v1::COMMENT_SIDE_OURS);
  CHECK(Pointer(stage.Comment(quote, "qcls_" + ids::QuoteId::New().ToString().substr(4),
                              v1::COMMENT_SIDE_OURS)) == "/quote_clause_id");
  v1::ListQuoteCommentsRequest list;
  list.set_quote_id(quote.id());
  list.set_side(v1::COMMENT_SIDE_CUSTOMER);
  rpc::Call call = stage.Call();
  call.method = "/continuo.quoting.v1.QuotingService/ListQuoteComments";
  CHECK(stage.Must(ListQuoteComments(stage.app, call, list)).data_size() == 1);
  rpc::Call stranger = stage.As(stage.lawyer, false);
  stranger.method = call.method;
  CHECK(Reason(ListQuoteComments(stage.app, stranger, list)) == "NOT_FOUND");

  SECTION("as it was") {
    quote = stage.Must(ReleaseQuote(stage.app, stage.Call(),
                                    Quoting::Version<v1::ReleaseQuoteRequest>(quote)));
    CHECK(stage.Accept(quote));
  }
  SECTION("as the next version, with the clause changed and decided") {
    quote = stage.Must(stage.Change(quote, "within 45 days", stage.lawyer));
    CHECK(quote.status() == v1::QUOTE_STATUS_DRAFT);
    CHECK(quote.version() == 2);
    quote = stage.Must(stage.Decide(quote, v1::CLAUSE_DECISION_ACCEPT));
    quote = stage.Release(quote);
    CHECK(stage.Accept(quote));
  }
}

}  // namespace
}  // namespace continuo::quoting::app
