// Findings and approval policies that ask for them, on a real Postgres.
#include "services/quoting/app/findings.h"

#include "continuo/quoting/v1/approval.pb.h"
#include "continuo/quoting/v1/direct_order.pb.h"
#include "continuo/quoting/v1/finding.pb.h"
#include "services/quoting/app/approval_policies.h"
#include "services/quoting/app/direct_order.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

struct Stage : Quoting {
  Stage() {
    attached = Publish(R"("code":"CRATE","name":"Crate","kind":"one_off",
        "pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":"100"}]},
        "revenue":{"rule":"point_in_time"},
        "attach":[{"product_id":")" + installation + R"(","reason":"Who puts it up?"}])");
  }
  v1::QuoteFindings Findings(const v1::Quote& quote) {
    v1::GetQuoteFindingsRequest request;
    request.set_quote_id(quote.id());
    return Must(GetQuoteFindings(app, Call(), request));
  }
  v1::Quote Edit(const v1::Quote& quote, const std::string& percent) {
    v1::UpdateQuoteLineRequest request;
    request.set_quote_id(quote.id());
    request.set_id(quote.lines(0).id());
    request.mutable_line()->set_discount_percent(percent);
    request.add_update_mask("discount_percent");
    return Must(UpdateQuoteLine(app, Matching(quote), request));
  }
  std::string attached;
};

TEST_CASE("Findings of a quote as things are now") {
  Stage stage;
  v1::Quote quote = stage.Open({Quoting::Line(stage.attached, "2")});
  v1::QuoteFindings found = stage.Findings(quote);
  REQUIRE(found.findings_size() == 1);
  CHECK(found.quote_revision() == 1);
  CHECK(found.findings(0).code() == v1::FINDING_CODE_ATTACH_GAP);
  CHECK(found.findings(0).product_id() == stage.installation);
  CHECK(found.findings(0).line_id() == quote.lines(0).id());
  CHECK(found.findings(0).actual() == "0");
  CHECK(found.findings(0).expected() == "2");
  CHECK(found.findings(0).text() == "Who puts it up?");

  SECTION("what the account has ordered counts") {
    stage.Must(stage.Accept(stage.Release(stage.Open({Quoting::Line(stage.installation, "2")}))));
    CHECK(stage.Findings(quote).findings_size() == 0);
  }
  SECTION("what was given away shows, and what was taken back does not") {
    quote = stage.Edit(quote, "10");
    found = stage.Findings(quote);
    REQUIRE(found.findings_size() == 2);
    CHECK(found.findings(1).code() == v1::FINDING_CODE_PRICE_ERODED);
    CHECK(found.findings(1).actual() == "90");
    CHECK(found.findings(1).expected() == "100");
    CHECK(stage.Findings(stage.Edit(quote, "0")).findings_size() == 1);
  }
  SECTION("an onboarding that blocks") {
    *stage.peers.onboardings.add_data() = Json<crm::v1::Onboarding>(
        R"({"id":"onb_1","name":"Papers","blocks_sale":true,
            "steps":[{"code":"credit","name":"Credit check"}]})");
    found = stage.Findings(quote);
    REQUIRE(found.findings_size() == 2);
    CHECK(found.findings(0).severity() == v1::FINDING_SEVERITY_INFO);
    CHECK(found.findings(1).code() == v1::FINDING_CODE_ONBOARDING_OPEN);
    CHECK(found.findings(1).severity() == v1::FINDING_SEVERITY_BLOCKING);
    CHECK(found.findings(1).onboarding_id() == "onb_1");
    const auto submit = [&] {
      return SubmitQuote(stage.app, stage.Call(), Quoting::Of<v1::SubmitQuoteRequest>(quote));
    };
    CHECK(Reason(submit()) == "ONBOARDING_NOT_COMPLETED");
    v1::CreateOrderRequest order;
    order.set_account_id(stage.account);
    order.set_division_id(stage.division);
    *order.add_lines() = Quoting::Line(stage.installation, "1");
    order.set_accepted_by("E. Beispiel");
    CHECK(Reason(CreateOrder(stage.app, stage.Call(), order)) == "ONBOARDING_NOT_COMPLETED");
    stage.peers.onboardings.mutable_data(0)->set_blocks_sale(false);
    CHECK(stage.Findings(quote).findings(1).severity() == v1::FINDING_SEVERITY_WARNING);
    stage.Must(submit());
    stage.Must(CreateOrder(stage.app, stage.Call(), order));
  }
  SECTION("a stranger finds nothing") {
    v1::GetQuoteFindingsRequest request;
    request.set_quote_id(quote.id());
    const rpc::Call stranger = stage.As(ids::UserId::New().ToString(), false);
    CHECK(Reason(GetQuoteFindings(stage.app, stranger, request)) == "NOT_FOUND");
  }
}

TEST_CASE("A policy asks for approval where there is a finding") {
  Stage stage;
  const auto policy = [&](const std::string& code) {
    v1::CreateApprovalPolicyRequest request;
    *request.mutable_approval_policy() = Json<v1::ApprovalPolicy>(
        R"({"name":"Gaps","conditions":[{"field":"finding","operator":"equal","value":")" + code +
        R"("}],"steps":[{"mode":"any","user_ids":[")" + ids::UserId::New().ToString() + R"("]}]})");
    return CreateApprovalPolicy(stage.app, stage.Call(), request);
  };
  CHECK(Pointer(policy("GAPS")).ends_with("/conditions/0/value"));
  stage.Must(policy("ATTACH_GAP"));
  const auto approvals = [&] {
    return stage.test.Execute("SELECT count(*) FROM quoting.approval");
  };
  stage.Must(SubmitQuote(stage.app, stage.Call(),
                         Quoting::Of<v1::SubmitQuoteRequest>(
                             stage.Open({Quoting::Line(stage.seats, "1")}))));
  CHECK(approvals() == "0");
  stage.Must(SubmitQuote(stage.app, stage.Call(),
                         Quoting::Of<v1::SubmitQuoteRequest>(
                             stage.Open({Quoting::Line(stage.attached, "1")}))));
  CHECK(approvals() == "1");
}

}  // namespace
}  // namespace continuo::quoting::app
