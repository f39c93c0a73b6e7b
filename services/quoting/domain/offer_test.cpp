#include "services/quoting/domain/offer.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Decimal;
using money::Money;
using pricing::Model;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }

const Recurrence kMonthly{{PeriodUnit::kMonth, 1}, Period{PeriodUnit::kMonth, 36}};

Product Sold(const std::string& code, std::string_view unit_price,
             std::optional<Recurrence> recurrence = {}) {
  return {.id = ids::ProductId::New(),
          .version = 1,
          .code = code,
          .recurrence = recurrence,
          .prices = {{"EUR", {Model::kFlat, D(unit_price)}}}};
}
Offer OfferOf(const Product& product) {
  return {.id = product.id, .version = 1, .code = product.code, .product = product};
}
Offer BundleOf(const std::string& code, std::vector<Part> parts) {
  return {.id = ids::ProductId::New(), .version = 1, .code = code, .parts = std::move(parts)};
}
Quote EmptyQuote() {
  return {.id = ids::QuoteId::New(),
          .currency = money::Currency::Parse("EUR").value(),
          .time_zone = "Europe/Berlin",
          .valid_until = calendar::Date(2026, 3, 31),
          .totals = {.term_total = Eur("0.00")}};
}
std::vector<std::string> Shown(const Quote& quote) {
  std::vector<std::string> shown;
  for (const Line& line : quote.lines) {
    shown.push_back(line.product.code + " " + line.quantity.ToString() + " = " +
                    line.price.net_amount.AmountText());
  }
  return shown;
}
using Lines = std::vector<std::string>;

// office = suite x 1 + installation x 1; suite = seat x 10 + one of {training, coaching x 2}
struct Office {
  Product seat = Sold("seat", "9");
  Product training = Sold("training", "30");
  Product coaching = Sold("coaching", "15");
  Product installation = Sold("installation", "80");
  Offer suite = BundleOf("suite", {{OfferOf(seat), D("10"), D("5"), D("50")},
                                   {OfferOf(training), D("1"), {}, {}, "help"},
                                   {OfferOf(coaching), D("0"), {}, D("4"), "help"}});
  Offer office;

  Office() {
    suite.option_groups = {{"help", 1, 1}};
    office = BundleOf("office", {{suite, D("1")}, {OfferOf(installation), D("1")}});
  }
  Result<Lines> Sell(std::string_view quantity, const std::vector<Choice>& choices = {},
                     LineTerms terms = {}) {
    office.parts[0].offer = suite;
    Quote quote = EmptyQuote();
    terms.quantity = D(quantity);
    RETURN_IF_FAULT(AddOffer(&quote, terms, office, choices, "/lines/0"));
    RETURN_IF_FAULT(Reprice(&quote));
    sold = quote;
    return Shown(quote);
  }
  Quote sold;
};

TEST_CASE("A bundle of bundles becomes the products in it") {
  Office office;
  CHECK(office.Sell("2").value() ==
        Lines{"seat 20 = 180.00", "training 2 = 60.00", "installation 2 = 160.00"});
  const Line& seat = office.sold.lines[0];
  REQUIRE(seat.bundles.size() == 2);
  CHECK(seat.bundles[0].code == "suite");
  CHECK(seat.bundles[1].code == "office");
  CHECK(seat.bundles[1].quantity == D("2"));
  CHECK(BundleCode(seat) == "office");
  CHECK(office.sold.lines[2].bundles.size() == 1);
  CHECK(office.sold.lines[2].bundles[0].id == seat.bundles[1].id);
}

TEST_CASE("What is chosen takes the place of what nobody chose") {
  Office office;
  CHECK(office.Sell("1", {{office.coaching.id, D("2")}, {office.training.id, D("0")},
                          {office.seat.id, D("7")}}).value() ==
        Lines{"seat 7 = 63.00", "coaching 2 = 30.00", "installation 1 = 80.00"});
}

TEST_CASE("A choice that a bundle does not offer is refused") {
  static Office office;  // its ids stand in the rows
  struct Row {
    const char* rule;
    std::vector<Choice> choices;
    const char* pointer;
    const char* code;
  };
  const Row row = GENERATE(values<Row>({
      {"a product of another bundle", {{ids::ProductId::New(), D("1")}},
       "/lines/0/choices/0/product_id", "REFERENCE_NOT_FOUND"},
      {"a product twice", {{office.seat.id, D("7")}, {office.seat.id, D("8")}},
       "/lines/0/choices/1/product_id", "DUPLICATE"},
      {"fewer than its least", {{office.seat.id, D("4")}}, "/lines/0/choices", "OUT_OF_RANGE"},
      {"more than its most", {{office.seat.id, D("51")}}, "/lines/0/choices", "OUT_OF_RANGE"},
      {"what is not to be chosen", {{office.installation.id, D("2")}}, "/lines/0/choices",
       "OUT_OF_RANGE"},
      {"both of a group of one", {{office.coaching.id, D("1")}}, "/lines/0/choices",
       "OPTION_GROUP_NOT_MET"},
      {"none of it", {{office.training.id, D("0")}}, "/lines/0/choices", "OPTION_GROUP_NOT_MET"},
  }));
  INFO(row.rule);
  const Result<Lines> sold = office.Sell("1", row.choices);
  REQUIRE_FALSE(sold);
  CHECK(sold.error().violations.at(0).pointer == row.pointer);
  CHECK(sold.error().violations.at(0).code == row.code);
}

TEST_CASE("A bundle's price is shared out over its parts") {
  Office office;
  SECTION("a discount") {
    office.office.method = BundlePriceMethod::kDiscount;
    office.office.discount_percent = D("10");
    CHECK(office.Sell("1").value() ==
          Lines{"seat 10 = 81.00", "training 1 = 27.00", "installation 1 = 72.00"});
  }
  SECTION("a price of its own, by largest remainder") {
    office.office.method = BundlePriceMethod::kOverride;
    office.office.prices["EUR"] = D("100");
    // 100 over 90, 30 and 80: 45, 15 and 40
    CHECK(office.Sell("1").value() ==
          Lines{"seat 10 = 45.00", "training 1 = 15.00", "installation 1 = 40.00"});
    office.office.prices["EUR"] = D("99.99");
    // 44.9955, 14.9985 and 39.996: the two cents that are left go to the second and the third
    CHECK(office.Sell("1").value() ==
          Lines{"seat 10 = 44.99", "training 1 = 15.00", "installation 1 = 40.00"});
    CHECK(office.sold.totals.one_off == Eur("99.99"));
  }
  SECTION("a line's own discount comes off its share") {
    office.office.method = BundlePriceMethod::kOverride;
    office.office.prices["EUR"] = D("100");
    CHECK(office.Sell("2", {}, {.discount_percent = D("10")}).value() ==
          Lines{"seat 20 = 81.00", "training 2 = 27.00", "installation 2 = 72.00"});
  }
  SECTION("the inner bundle first, then the outer") {
    office.suite.method = BundlePriceMethod::kOverride;
    office.suite.prices["EUR"] = D("60");
    office.office.method = BundlePriceMethod::kDiscount;
    office.office.discount_percent = D("50");
    // suite 60 over 90 and 30: 45 and 15
    CHECK(office.Sell("1").value() ==
          Lines{"seat 10 = 22.50", "training 1 = 7.50", "installation 1 = 40.00"});
    const pricing::Waterfall way = Explain(office.sold, office.sold.lines[0]);
    const std::vector<pricing::Step>& steps = way.steps();
    CHECK(steps[1].name == "bundle");
    CHECK(steps[1].DetailText() == "suite, its share of 1 at 60");
    CHECK(steps[2].DetailText() == "office, less 50 %");
  }
  SECTION("two sales of one bundle are two bundles") {
    office.suite.method = BundlePriceMethod::kOverride;
    office.suite.prices["EUR"] = D("60.01");
    REQUIRE(office.Sell("1"));
    Quote quote = office.sold;
    REQUIRE(AddOffer(&quote, {.quantity = 1}, office.office, {}, ""));
    REQUIRE(Reprice(&quote));
    CHECK(quote.totals.one_off == Eur("280.02"));
  }
}

TEST_CASE("What belongs to one line is refused for a bundle") {
  Office office;
  const auto pointer = [&](LineTerms terms) {
    const Result<Lines> sold = office.Sell("1", {}, terms);
    REQUIRE_FALSE(sold);
    return sold.error().violations.at(0).pointer;
  };
  CHECK(pointer({.discount_amount = Eur("5.00")}) == "/lines/0/discount_amount");
  CHECK(pointer({.override_unit_price = D("5"), .override_reason = "so"}) ==
        "/lines/0/override_unit_price");
  CHECK(pointer({.term = Period{}}) == "/lines/0/term_length");
}

TEST_CASE("A ramp's lines follow each other without a gap") {
  const Product seat = Sold("seat", "20", kMonthly);
  Quote quote = EmptyQuote();
  const LineTerms terms{.start_on = calendar::Date(2026, 1, 31)};
  REQUIRE(AddRamp(&quote, terms, seat,
                  {{2, D("10"), D("0")}, {12, D("10")}, {22, D("30"), {}, D("10")}}, "/lines/0"));
  REQUIRE(Reprice(&quote));
  CHECK(Shown(quote) == Lines{"seat 10 = 0.00", "seat 10 = 200.00", "seat 30 = 540.00"});
  CHECK(quote.lines[1].start_on == calendar::Date(2026, 3, 31));
  CHECK(quote.lines[2].start_on == calendar::Date(2027, 3, 31));
  CHECK(quote.lines[2].price.periods == 22);
  CHECK(quote.lines[0].override_reason == "ramp");
  // What is paid once it is complete; the term holds all of it.
  CHECK(quote.totals.monthly == Eur("540.00"));
  CHECK(quote.totals.term_total == Eur("14280.00"));

  CHECK_FALSE(ChangeLine(&quote, quote.lines[1].id,
                         {.start_on = std::optional(calendar::Date(2026, 4, 1))}, ""));
  Quote undated = EmptyQuote();
  CHECK(AddRamp(&undated, {}, seat, {{2, D("10")}}, "/line").error().violations[0].pointer ==
        "/line/start_on");
  CHECK(AddRamp(&quote, terms, Sold("x", "1"), {{2, D("10")}}, "/line")
            .error().violations[0].pointer == "/line/ramp");
}

TEST_CASE("A bundle with a price of its own costs that price, whatever its parts cost") {
  CHECK(rc::check([] {
    Office office;
    const auto cents = [](int most) { return Decimal::FromScaled(*rc::gen::inRange(0, most) * 1'000'000LL); };
    office.seat.prices["EUR"].unit_price = cents(10'000);
    office.suite.parts[0].offer = OfferOf(office.seat);
    office.office.method = BundlePriceMethod::kOverride;
    const Decimal price = cents(1'000'000);
    office.office.prices["EUR"] = price;
    const int quantity = *rc::gen::inRange(1, 9);
    RC_ASSERT(office.Sell(std::to_string(quantity)).has_value());
    Money sum = Eur("0.00");
    for (const Line& line : office.sold.lines) {
      sum = money::Add(sum, line.price.net_amount).value();
    }
    RC_ASSERT(sum.ToRatio() == price * Decimal(quantity));
  }));
}

}  // namespace
}  // namespace continuo::quoting::domain
