#include "services/quoting/domain/findings.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Decimal;

const money::Currency kEuro = money::Currency::Parse("EUR").value();
const ids::ProductId kSeat = ids::ProductId::New();
const ids::ProductId kTraining = ids::ProductId::New();

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

Product Seat() {
  Product product{.id = kSeat, .code = "SEAT"};
  product.recurrence = Recurrence{{PeriodUnit::kMonth, 1}, Period{PeriodUnit::kYear, 3}};
  product.prices["EUR"].unit_price = 20;
  product.attach = {{kTraining, D("0.02"), "Without training half of all customers leave."}};
  return product;
}

Quote Of(int seats, const LineTerms& terms = {}) {
  Quote quote{.currency = kEuro, .payment_days = 30};
  LineTerms asked = terms;
  asked.quantity = seats;
  REQUIRE(Add(&quote, asked, Seat(), ""));
  REQUIRE(Reprice(&quote));
  return quote;
}

std::string Shown(const Finding& finding) {
  return std::string(Name(finding.code)) + " " + finding.actual + " of " + finding.expected;
}
std::vector<std::string> Found(const Quote& quote, FindingFacts facts) {
  if (facts.account.payment_days == 0) facts.account.payment_days = 30;
  std::vector<std::string> shown;
  for (const Finding& finding : FindingsOf(quote, facts)) shown.push_back(Shown(finding));
  return shown;
}
using Texts = std::vector<std::string>;
const Quantities kTrained{{kTraining, 100}};

TEST_CASE("What goes with a product is counted with what the account has") {
  CHECK(Found(Of(100), {}) == Texts{"ATTACH_GAP 0 of 2"});
  CHECK(Found(Of(100), {.owned = {{kTraining, 1}}}) == Texts{"ATTACH_GAP 1 of 2"});
  CHECK(Found(Of(100), {.owned = {{kTraining, 2}}}).empty());
  CHECK(Found(Of(100), {.owned = {{kTraining, 2}, {kSeat, 50}}}) == Texts{"ATTACH_GAP 2 of 3"});
  Quote with_training = Of(100);
  REQUIRE(Add(&with_training, {.quantity = 2}, {.id = kTraining, .prices = {{"EUR", {}}}}, ""));
  CHECK(Found(with_training, {}).empty());
  const Finding gap = FindingsOf(Of(100), {.account = {.payment_days = 30}}).front();
  CHECK(gap.product_id == kTraining);
  CHECK(gap.line_id.has_value());
  CHECK(gap.text == "Without training half of all customers leave.");
}

TEST_CASE("A price below what was offered before") {
  const Quote now = Of(100, {.discount_percent = 10});
  CHECK(Found(now, {.owned = kTrained, .peak_unit_prices = {{kSeat, D("20")}}}) ==
        Texts{"PRICE_ERODED 18 of 20"});
  CHECK(Found(now, {.owned = kTrained, .peak_unit_prices = {{kSeat, D("18")}}}).empty());
  CHECK(Found(now, {.owned = kTrained}).empty());
  CHECK(Found(Of(0), {.owned = kTrained, .peak_unit_prices = {{kSeat, D("20")}}}).empty());
}

TEST_CASE("Terms out of the ordinary") {
  Quote late = Of(100);
  late.payment_days = 60;
  CHECK(Found(late, {.account = {.payment_days = 30}, .owned = kTrained}) == Texts{"PAYMENT_DAYS 60 of 30"});
  CHECK(Found(late, {.account = {.payment_days = 60}, .owned = kTrained}).empty());

  CHECK(Found(Of(100, {.term = Period{PeriodUnit::kMonth, 12}}), {.owned = kTrained}) ==
        Texts{"TERM_SHORTENED 12 month of 3 year"});
  CHECK(Found(Of(100, {.term = Period{PeriodUnit::kYear, 4}}), {.owned = kTrained}).empty());

  CHECK(Found(Of(100, {.override_unit_price = 17, .override_reason = "Asked for."}),
              {.owned = kTrained}) == Texts{"PRICE_BY_HAND 17 of 20"});
  CHECK(Found(Of(100, {.override_unit_price = 21, .override_reason = "Dearer."}),
              {.owned = kTrained})
            .empty());

  Quote spoken = Of(100);
  spoken.clauses = {{.code = "PAY", .standard_text = "30 days", .text = "30 days"},
                    {.code = "LAW", .standard_text = "Dutch law", .text = "German law"}};
  CHECK(Found(spoken, {.owned = kTrained}) == Texts{"CLAUSE_CHANGED LAW of "});
}

TEST_CASE("An onboarding that is not completed") {
  OpenOnboarding papers{.id = "onb_1", .name = "Papers", .blocks_sale = true, .steps = 3,
                        .open_steps = {"Credit check", "Contract"}};
  const auto found = [](const Quote& quote, const OpenOnboarding& onboarding,
                        const Quantities& owned = {}) {
    return FindingsOf(quote, {.account = {.payment_days = 30, .open_onboardings = {onboarding}},
                              .owned = owned});
  };
  Quote nothing{.currency = kEuro, .payment_days = 30};
  Quote training = nothing;
  REQUIRE(Add(&training, {.quantity = 2}, {.id = kTraining, .prices = {{"EUR", {}}}}, ""));
  OpenOnboarding of_training = papers;
  of_training.product_id = kTraining;
  OpenOnboarding harmless = papers;
  harmless.blocks_sale = false;

  struct Row {
    const char* rule;
    const Quote& quote;
    const OpenOnboarding& onboarding;
    Quantities owned;
    std::optional<Severity> severity;
  };
  const Row rows[] = {
      {"of the account: of whatever is sold", nothing, papers, {}, Severity::kBlocking},
      {"where it does not block", nothing, harmless, {}, Severity::kWarning},
      {"of a product that is quoted", training, of_training, {}, Severity::kBlocking},
      {"of one that was sold before", nothing, of_training, kTrained, Severity::kInfo},
      {"of one that is sold again", training, of_training, kTrained, Severity::kBlocking},
      {"of one that nobody wants", nothing, of_training, {}, std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.rule);
    const std::vector<Finding> findings = found(row.quote, row.onboarding, row.owned);
    CHECK(findings.size() == (row.severity ? 1 : 0));
    if (!findings.empty()) CHECK(findings[0].severity == row.severity);
    const auto checked = CheckOnboarded(row.quote, {.open_onboardings = {row.onboarding}});
    CHECK(checked.has_value() == (row.severity != Severity::kBlocking));
    if (!checked) CHECK(checked.error().reason == "ONBOARDING_NOT_COMPLETED");
  }
  const Finding finding = found(training, of_training).front();
  CHECK(Shown(finding) == "ONBOARDING_OPEN 1 of 3");
  CHECK(finding.line_id == training.lines[0].id);
  CHECK(finding.onboarding_id == "onb_1");
  CHECK(finding.text == "Papers is not completed: Credit check, Contract.");
}

TEST_CASE("Codes read as they are said") {
  for (const char* name : {"ATTACH_GAP", "PRICE_ERODED", "PRICE_BY_HAND", "PAYMENT_DAYS",
                           "TERM_SHORTENED", "CLAUSE_CHANGED", "ONBOARDING_OPEN"}) {
    REQUIRE(ParseFindingCode(name));
    CHECK(Name(*ParseFindingCode(name)) == name);
  }
  CHECK_FALSE(ParseFindingCode("attach_gap"));
  CHECK(CodesOf(FindingsOf(Of(100), {.account = {.payment_days = 30}})) == std::set<std::string>{"ATTACH_GAP"});
}

}  // namespace
}  // namespace continuo::quoting::domain
