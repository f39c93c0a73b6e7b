// Options and alternatives, on a real Postgres: what is chosen counts, and is what is ordered.
#include "continuo/quoting/v1/approval.pb.h"
#include "continuo/quoting/v1/direct_order.pb.h"
#include "services/quoting/app/approval_policies.h"
#include "services/quoting/app/choose_options.h"
#include "services/quoting/app/direct_order.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

struct Stage : Quoting {
  static v1::QuoteLine Option(const std::string& product, const std::string& quantity,
                              const std::string& code, const std::string& group = "") {
    v1::QuoteLine line = Line(product, quantity);
    line.set_option(code);
    line.set_alternative_group(group);
    return line;
  }
  // The installation, 10 seats as an option, and support for one or for two sites.
  v1::Quote Offer() {
    return Open({Line(installation, "1"), Option(seats, "10", "seats"),
                 Option(support, "1", "one", "Support"), Option(support, "2", "two", "Support")});
  }
  Result<v1::Quote> Choose(const v1::Quote& quote, const std::vector<std::string>& options) {
    auto request = Of<v1::ChooseQuoteOptionsRequest>(quote);
    for (const std::string& option : options) request.add_options(option);
    return ChooseQuoteOptions(app, Matching(quote), request);
  }
  std::string Total(const v1::Quote& quote) { return quote.totals().term_total().amount(); }
};

TEST_CASE("An option counts once it is chosen, and the offer stays what was approved") {
  Stage stage;
  v1::Quote quote = stage.Offer();
  CHECK(quote.lines(0).chosen());
  CHECK_FALSE(quote.lines(1).chosen());
  CHECK(quote.lines(1).term_total().amount() == "7200.00");
  CHECK(stage.Total(quote) == "2500.00");
  CHECK(quote.totals().acv().amount() == "0.00");

  quote = stage.Must(stage.Choose(stage.Release(quote), {"seats", "one"}));
  CHECK(quote.status() == v1::QUOTE_STATUS_RELEASED);
  CHECK(quote.version() == 1);
  CHECK(stage.Total(quote) == "13300.00");
  CHECK(quote.totals().acv().amount() == "3600.00");
  CHECK(stage.Must(stage.Choose(quote, {"one", "seats"})).revision() == quote.revision());
  CHECK(Pointer(stage.Choose(quote, {"one", "two"})) == "/options/1");

  quote = stage.Must(stage.Choose(quote, {"two"}));
  const v1::Order order = stage.Must(stage.Accept(quote));
  CHECK(order.term_total().amount() == "9700.00");
  REQUIRE(order.lines_size() == 2);
  CHECK(order.lines(1).quantity() == "2");
  CHECK(order.lines(1).quote_line_id() == quote.lines(3).id());
  // The seats were wanted for a while.
  CHECK(stage.test.Execute("SELECT string_agg(product_code || ' ' || peak_asked, ',') FROM "
                           "quoting.residual_demand") == "SEAT 10.00000000");
  CHECK(Reason(stage.Choose(stage.Get(quote.id()), {})) == "QUOTE_NOT_EDITABLE");
}

TEST_CASE("One of each group of alternatives is chosen by acceptance") {
  Stage stage;
  const v1::Quote quote = stage.Release(stage.Offer());
  const auto refused = stage.Accept(quote);
  CHECK(Reason(refused) == "OPTIONS_NOT_CHOSEN");
  CHECK(refused.error().metadata.at("alternative_group") == "Support");
  CHECK(stage.test.Execute("SELECT count(*) FROM quoting.\"order\"") == "0");
  CHECK(stage.Must(stage.Accept(stage.Must(stage.Choose(quote, {"one"})))).lines_size() == 2);
}

TEST_CASE("Approval is asked for what may still be chosen") {
  Stage stage;
  v1::CreateApprovalPolicyRequest policy;
  *policy.mutable_approval_policy() = Json<v1::ApprovalPolicy>(
      R"({"name":"Large","conditions":[{"field":"value","operator":"greater","value":"10000",
          "currency":"EUR"}],"steps":[{"mode":"any","user_ids":[")" +
      ids::UserId::New().ToString() + R"("]}]})");
  stage.Must(CreateApprovalPolicy(stage.app, stage.Call(), policy));
  const auto approvals = [&](const std::vector<v1::QuoteLine>& lines) {
    const v1::Quote quote = stage.Open(lines);
    stage.Must(SubmitQuote(stage.app, stage.Call(), Quoting::Of<v1::SubmitQuoteRequest>(quote)));
    return stage.test.Execute("SELECT count(*) FROM quoting.approval WHERE quote_id = '" +
                              ids::QuoteId::Parse(quote.id())->uuid().ToString() + "'");
  };
  const v1::QuoteLine always = Quoting::Line(stage.installation, "1");
  CHECK(approvals({always}) == "0");
  CHECK(approvals({always, Stage::Option(stage.seats, "10", "seats")}) == "0");
  CHECK(approvals({always, Stage::Option(stage.seats, "20", "seats")}) == "1");
}

TEST_CASE("A direct order leaves nothing to choose") {
  Stage stage;
  v1::CreateOrderRequest order;
  order.set_account_id(stage.account);
  order.set_division_id(stage.division);
  order.set_accepted_by("E. Beispiel");
  *order.add_lines() = Stage::Option(stage.installation, "1", "seats");
  CHECK(Pointer(CreateOrder(stage.app, stage.Call(), order)) == "/lines/0/option");
}

TEST_CASE("A ramp and a bundle are options as a whole") {
  Stage stage;
  v1::QuoteLine bundle = Stage::Option(stage.starter, "1", "starter");
  v1::QuoteLine ramp = Stage::Option(stage.seats, "1", "growth");
  ramp.set_start_on("2026-04-01");
  for (const char* quantity : {"10", "20"}) {
    v1::RampStep& step = *ramp.add_ramp();
    step.set_periods(12);
    step.set_quantity(quantity);
  }
  v1::Quote quote = stage.Open({bundle, ramp});
  REQUIRE(quote.lines_size() == 4);
  CHECK(stage.Total(quote) == "0.00");
  quote = stage.Must(stage.Choose(quote, {"growth"}));
  CHECK(stage.Total(quote) == "7200.00");
  quote = stage.Must(stage.Choose(quote, {"starter"}));
  CHECK(stage.Total(quote) == "9700.00");
}

}  // namespace
}  // namespace continuo::quoting::app
