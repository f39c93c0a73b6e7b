#include "services/quoting/domain/options.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Decimal;

const money::Currency kEuro = money::Currency::Parse("EUR").value();

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

Product Priced(const std::string& code, const std::string& price) {
  Product product{.id = ids::ProductId::New(), .code = code};
  product.prices["EUR"].unit_price = D(price);
  return product;
}

void Add(Quote* quote, const std::string& price, const std::string& option = "",
         const std::string& group = "") {
  const LineTerms terms{.quantity = 1, .option = option, .alternative_group = group};
  REQUIRE(Add(quote, terms, Priced(option.empty() ? "ALWAYS" : option, price), "/lines/0"));
}

// A licence, training as an option of two lines, and a choice between two levels of hosting.
Quote Offer() {
  Quote quote{.currency = kEuro};
  Add(&quote, "1000");
  Add(&quote, "150", "training");
  Add(&quote, "50", "training");
  Add(&quote, "50", "basic", "Hosting");
  Add(&quote, "80", "premium", "Hosting");
  REQUIRE(Reprice(&quote));
  return quote;
}

std::string Total(const Quote& quote) { return quote.totals.term_total.AmountText(); }

TEST_CASE("The totals hold what is chosen") {
  struct Row {
    std::vector<std::string> codes;
    const char* total;
    const char* missing;  // why it cannot be accepted
  };
  const Row rows[] = {
      {{}, "1000.00", "OPTIONS_NOT_CHOSEN"},
      {{"training"}, "1200.00", "OPTIONS_NOT_CHOSEN"},
      {{"basic"}, "1050.00", ""},
      {{"training", "premium"}, "1280.00", ""},
      {{"premium", "premium"}, "1080.00", ""},
  };
  Quote quote = Offer();
  CHECK(Total(quote) == "1000.00");
  for (const Row& row : rows) {
    REQUIRE(Choose(&quote, row.codes));
    REQUIRE(Reprice(&quote));
    CHECK(Total(quote) == row.total);
    const auto checked = CheckChosen(quote);
    CHECK((checked ? "" : checked.error().reason) == row.missing);
  }
}

TEST_CASE("What cannot be chosen changes nothing") {
  Quote quote = Offer();
  const auto refused = [&](std::vector<std::string> codes) {
    const auto outcome = Choose(&quote, codes);
    REQUIRE_FALSE(outcome);
    return outcome.error().violations[0].pointer + " " + outcome.error().violations[0].code;
  };
  CHECK(refused({"training", "gold"}) == "/options/1 REFERENCE_NOT_FOUND");
  CHECK(refused({"basic", "training", "premium"}) == "/options/2 ALTERNATIVES_EXCLUDE");
  CHECK(OptionsOf(quote).size() == 3);
  for (const Option& option : OptionsOf(quote)) CHECK_FALSE(option.chosen);
}

TEST_CASE("A quote of nothing but options is not accepted with none of them") {
  Quote quote{.currency = kEuro};
  Add(&quote, "150", "training");
  REQUIRE(Reprice(&quote));
  CHECK(CheckChosen(quote).error().reason == "QUOTE_HAS_NO_LINES");
}

TEST_CASE("Choosing changes no price, whatever is rounded together") {
  Quote quote{.currency = kEuro, .header_discount_percent = 10};
  for (const char* option : {"", "", "a", "a", "b"}) Add(&quote, "3.33", option);
  Product percent = Priced("CARE", "0");
  percent.prices["EUR"] = {.model = pricing::Model::kPercentageOfLines, .percent = 20};
  REQUIRE(Add(&quote, {.quantity = 1}, percent, ""));
  REQUIRE(Reprice(&quote));
  const Quote before = quote;
  // 20 % of the two lines that are always sold.
  CHECK(before.lines[5].price.list_amount.AmountText() == "1.33");
  REQUIRE(Choose(&quote, std::vector<std::string>{"a", "b"}));
  REQUIRE(Reprice(&quote));
  money::Money sum = money::Money::Zero(kEuro);
  for (size_t i = 0; i < quote.lines.size(); ++i) {
    CHECK(quote.lines[i].price.net_amount == before.lines[i].price.net_amount);
    sum += quote.lines[i].price.net_amount;
  }
  CHECK(quote.totals.term_total == sum);
  const std::vector<Quote> choices = Choices(quote).value();
  REQUIRE(choices.size() == 4);
  CHECK(choices[0].totals.term_total == sum);
  CHECK(choices[1].totals.term_total == sum);
  for (const Line& line : choices[2].lines) CHECK(line.option != "b");
}

TEST_CASE("The offer binds, the choice does not") {
  Quote quote = Offer();
  const std::string before = BindingText(ContentOf(quote));
  const Content content = ContentOf(quote);
  REQUIRE(Choose(&quote, std::vector<std::string>{"training"}));
  REQUIRE(Reprice(&quote));
  CHECK(BindingText(ContentOf(quote)) == before);
  const Difference changes = Compare(content, ContentOf(quote));
  CHECK(changes.size() == 3);
  CHECK(changes.at("totals/term_total").to.find("1200.00") != std::string::npos);
  Quote other = Offer();
  other.lines[1].option = "seminar";
  CHECK(BindingText(ContentOf(other)) != BindingText(content));
}

TEST_CASE("What an option may be") {
  Quote quote = Offer();
  const auto refused = [&](const LineTerms& terms, const Product& product) {
    const auto outcome = Add(&quote, terms, product, "/lines/5");
    REQUIRE_FALSE(outcome);
    return outcome.error().violations[0].pointer + " " + outcome.error().violations[0].code;
  };
  CHECK(refused({.quantity = 1, .alternative_group = "Hosting"}, Priced("X", "1")) ==
        "/lines/5/option REQUIRED");
  CHECK(refused({.quantity = 1, .option = "basic", .alternative_group = "Level"}, Priced("X", "1")) ==
        "/lines/5/alternative_group NOT_ALLOWED");
  Product percent = Priced("CARE", "0");
  percent.prices["EUR"] = {.model = pricing::Model::kPercentageOfLines, .percent = 20};
  CHECK(refused({.quantity = 1, .covers = {quote.lines[1].id}}, percent) ==
        "/lines/5/covers/0 COVERS_OPTION");
  REQUIRE(Add(&quote, {.quantity = 1, .covers = {quote.lines[1].id}, .option = "training"}, percent, ""));
  for (int i = 0; i < 17; ++i) Add(&quote, "1", "more_" + std::to_string(i));
  CHECK(refused({.quantity = 1, .option = "too_many"}, Priced("X", "1")) == "/lines/5/option TOO_MANY");
  // One that is there grows.
  REQUIRE(Choose(&quote, std::vector<std::string>{"more_1"}));
  Add(&quote, "1", "more_1");
  CHECK(quote.lines.back().chosen);
}

TEST_CASE("Who did not choose it did not ask for it") {
  Quote quote = Offer();
  const ids::ProductId training = quote.lines[1].product.id;
  CHECK_FALSE(AskedQuantities(quote).contains(training));
  CHECK_FALSE(BoughtQuantities(quote).contains(training));
  CHECK(Sold(quote).lines.size() == 1);
  quote.lines[1].product.requires_products = {ids::ProductId::New()};
  CHECK(UnmetRelations(quote, {}).empty());
  REQUIRE(Choose(&quote, std::vector<std::string>{"training"}));
  CHECK(BoughtQuantities(quote).at(training) == Decimal(1));
  CHECK(UnmetRelations(quote, {}).front().pointer == "/lines/1");
}

}  // namespace
}  // namespace continuo::quoting::domain
