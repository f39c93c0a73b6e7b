#include "services/quoting/domain/quote_clause.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using enum ClauseReview;

QuoteClause Liability() {
  return {.id = "qcls_1", .code = "LIABILITY", .standard_text = "capped", .text = "capped"};
}
QuoteClause Changed() {
  QuoteClause clause = Liability();
  REQUIRE(Change(&clause, {"uncapped", "lawyer", "seller"}));
  return clause;
}

TEST_CASE("A changed text waits for its reviewer, the standard text for nobody") {
  QuoteClause clause = Changed();
  CHECK(clause.review == kPending);
  CHECK(ChangedClauses({clause, Liability()}) == 1);
  CHECK(CheckDecided({Liability()}));
  CHECK(CheckDecided({Liability(), clause}).error().metadata.at("clauses") == "LIABILITY");
  REQUIRE(Change(&clause, {"", "lawyer", "seller"}));
  CHECK(clause.review == kStandard);
  CHECK(clause.text == "capped");
}

TEST_CASE("A change needs a reviewer, and another one") {
  QuoteClause clause = Liability();
  CHECK(Change(&clause, {"uncapped", "", "seller"}).error().violations[0].code == "REQUIRED");
  CHECK(Change(&clause, {"uncapped", "seller", "seller"}).error().violations[0].code ==
        "NOT_ALLOWED");
  CHECK(clause.text == "capped");
}

TEST_CASE("What each decision makes of a change") {
  struct Case {
    Decided decided;
    ClauseReview review;
    const char* text;
  };
  const auto c = GENERATE(values<Case>({
      {{ClauseDecision::kAccept, "", "lawyer"}, kAccepted, "uncapped"},
      {{ClauseDecision::kReject, "", "lawyer"}, kRejected, "capped"},
      {{ClauseDecision::kCounter, "capped at double", "lawyer"}, kCountered, "capped at double"},
  }));
  QuoteClause clause = Changed();
  REQUIRE(Decide(&clause, c.decided));
  CHECK(clause.review == c.review);
  CHECK(clause.text == c.text);
  CHECK(CheckDecided({clause}));
  CHECK(Decide(&clause, c.decided).error().reason == "CLAUSE_NOT_PENDING");
  REQUIRE(Change(&clause, {"none at all", "lawyer", "seller"}));
  CHECK(clause.review == kPending);
}

TEST_CASE("Only the reviewer decides, and a counter says something") {
  QuoteClause clause = Changed();
  CHECK(Decide(&clause, {ClauseDecision::kAccept, "", "seller"}).error().reason ==
        "NOT_THE_REVIEWER");
  CHECK(Decide(&clause, {ClauseDecision::kCounter, "", "lawyer"}).error().violations[0].code ==
        "REQUIRED");
  CHECK(Decide(&clause, {ClauseDecision::kAccept, "text", "lawyer"}).error().violations[0].code ==
        "NOT_ALLOWED");
}

TEST_CASE("A review reads as it is written") {
  for (const ClauseReview review : {kStandard, kPending, kAccepted, kRejected, kCountered}) {
    CHECK(ParseClauseReview(Name(review)) == review);
  }
}

}  // namespace
}  // namespace continuo::quoting::domain
