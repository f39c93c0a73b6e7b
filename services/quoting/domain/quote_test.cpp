#include "services/quoting/domain/quote.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Decimal;
using money::Money;
using pricing::Model;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }

Product Seats() {
  return {.id = ids::ProductId::New(),
          .version = 1,
          .code = "SEAT",
          .name = "Licence per seat",
          .recurrence = Recurrence{{PeriodUnit::kMonth, 1}, Period{PeriodUnit::kMonth, 36}},
          .prices = {{"EUR",
                      {Model::kVolume,
                       {},
                       {{D("50"), D("20"), D("0"), std::nullopt},
                        {std::nullopt, D("18"), D("0"), std::nullopt}}}}},
          .service_levels = {{"gold", D("1.5")}}};
}
Product Installation() {
  return {.id = ids::ProductId::New(),
          .version = 1,
          .code = "INST",
          .name = "Installation",
          .prices = {{"EUR", {Model::kFlat, D("2500"), {}}}}};
}
Quote EmptyQuote() {
  return {.id = ids::QuoteId::New(),
          .account_id = ids::AccountId::New(),
          .opportunity_id = ids::OpportunityId::New(),
          .division_id = ids::DivisionId::New(),
          .currency = money::Currency::Parse("EUR").value(),
          .time_zone = "Europe/Berlin",
          .valid_until = calendar::Date(2026, 3, 31),
          .totals = {.term_total = Eur("0.00")}};
}
Quote SeatsQuote() {
  Quote quote = EmptyQuote();
  REQUIRE(Add(&quote, {.quantity = 100}, Seats(), "/lines/0"));
  REQUIRE(Add(&quote, {.quantity = 1}, Installation(), "/lines/1"));
  REQUIRE(Reprice(&quote));
  return quote;
}

TEST_CASE("A changed line is priced by its frozen product") {
  Quote quote = SeatsQuote();
  CHECK(quote.totals.monthly == Eur("1800.00"));
  REQUIRE(ChangeLine(&quote, quote.lines[0].id, {.quantity = D("50")}, ""));
  REQUIRE(Reprice(&quote));
  CHECK(quote.lines[0].price.net_amount == Eur("1000.00"));
  CHECK(quote.totals.term_total == Eur("38500.00"));
}

TEST_CASE("A change that does not fit is refused, with its place") {
  struct Row {
    const char* rule;
    LineChange change;
    const char* pointer;
    const char* code;
  };
  const Row row = GENERATE(values<Row>({
      {"an unknown service level", {.service_level = "platinum"}, "/change/0/service_level",
       "REFERENCE_NOT_FOUND"},
      {"an amount of another currency",
       {.discount_amount = Money::Parse("1.00", "USD").value()},
       "/change/0/discount_amount/currency",
       "CURRENCY_MISMATCH"},
      {"a discount that adds", {.discount_amount = Eur("-1.00")},
       "/change/0/discount_amount/amount", "OUT_OF_RANGE"},
      {"a line that covers one of another quote", {.covers = {{ids::QuoteLineId::New()}}},
       "/change/0/covers/0", "REFERENCE_NOT_FOUND"},
  }));
  INFO(row.rule);
  Quote quote = SeatsQuote();
  const Result<void> changed = ChangeLine(&quote, quote.lines[0].id, row.change, "/change/0");
  REQUIRE_FALSE(changed);
  REQUIRE(changed.error().violations.size() == 1);
  CHECK(changed.error().violations[0].pointer == row.pointer);
  CHECK(changed.error().violations[0].code == row.code);
}

TEST_CASE("A line that is not there is not found") {
  Quote quote = SeatsQuote();
  CHECK(ChangeLine(&quote, ids::QuoteLineId::New(), {}, "").error().code == Code::kNotFound);
  CHECK(RemoveLine(&quote, ids::QuoteLineId::New()).error().code == Code::kNotFound);
}

TEST_CASE("A removed line is no longer covered, and positions are not used again") {
  Quote quote = SeatsQuote();
  const ids::QuoteLineId seats = quote.lines[0].id;
  REQUIRE(ChangeLine(&quote, quote.lines[1].id, {.covers = {{seats}}}, ""));
  REQUIRE(RemoveLine(&quote, seats));
  CHECK(quote.lines.size() == 1);
  CHECK(quote.lines[0].covers.empty());
  REQUIRE(Add(&quote, {.quantity = 1}, Seats(), ""));
  CHECK(quote.lines[1].position == 3);
}

TEST_CASE("A price by hand needs its reason, and a term whole periods") {
  Quote quote = SeatsQuote();
  const ids::QuoteLineId seats = quote.lines[0].id;
  const auto pointer = [](const Result<void>& refused) {
    REQUIRE_FALSE(refused);
    return refused.error().violations.at(0).pointer;
  };
  CHECK(pointer(ChangeLine(&quote, seats, {.override_unit_price = D("15")}, "")) ==
        "/override_reason");
  REQUIRE(ChangeLine(&quote, seats,
                     {.override_unit_price = D("15"), .override_reason = "to win the account"}, ""));
  REQUIRE(Reprice(&quote));
  CHECK(quote.lines[0].price.list_amount == Eur("1800.00"));
  CHECK(quote.lines[0].price.net_amount == Eur("1500.00"));
  REQUIRE(ChangeLine(&quote, seats, {.override_unit_price = std::optional<Decimal>()}, ""));
  CHECK(quote.lines[0].override_reason.empty());

  const Period weeks{PeriodUnit::kWeek, 5};
  CHECK(pointer(Add(&quote, {.quantity = 1, .term = weeks}, Seats(), "/line")) ==
        "/line/term_length");
  CHECK(pointer(Add(&quote, {.quantity = 1, .term = Period{}}, Installation(), "/line")) ==
        "/line/term_length");
  REQUIRE(Add(&quote, {.quantity = 1, .term = Period{PeriodUnit::kYear, 1}}, Seats(), "/line"));
  REQUIRE(Reprice(&quote));
  CHECK(quote.lines[2].price.periods == 12);
}

TEST_CASE("A product finds what it requires on the quote or with the account, and not what it excludes") {
  Product seats = Seats();
  const Product training = Installation();
  seats.requires_products = {training.id};
  Quote quote = EmptyQuote();
  REQUIRE(Add(&quote, {.quantity = 1}, seats, ""));
  REQUIRE(UnmetRelations(quote, {}).size() == 1);
  CHECK(UnmetRelations(quote, {})[0].code == "PRODUCT_REQUIRED");
  CHECK(UnmetRelations(quote, {training.id}).empty());
  REQUIRE(Add(&quote, {.quantity = 1}, training, ""));
  CHECK(UnmetRelations(quote, {}).empty());
  quote.lines[0].product.requires_products.clear();
  quote.lines[0].product.excludes_products = {training.id};
  REQUIRE(UnmetRelations(quote, {}).size() == 1);
  CHECK(UnmetRelations(quote, {})[0].code == "PRODUCT_EXCLUDED");
  CHECK(UnmetRelations(quote, {})[0].pointer == "/lines/0");
  quote.lines[1].quantity = 0;
  CHECK(UnmetRelations(quote, {}).empty());
}

TEST_CASE("A product without a price in the quote's currency cannot be quoted") {
  Quote quote = EmptyQuote();
  Product dollars = Installation();
  dollars.prices = {{"USD", {Model::kFlat, D("2500"), {}}}};
  CHECK(Add(&quote, {.quantity = 1}, dollars, "").error().reason == "PRODUCT_HAS_NO_PRICE");
}

TEST_CASE("What was requested counts as asked for, what is quoted as bought") {
  Quote quote = EmptyQuote();
  const Product seats = Seats();
  REQUIRE(Add(&quote, {.quantity = 50, .requested_quantity = D("100")}, seats, ""));
  REQUIRE(Add(&quote, {.quantity = 5, .requested_quantity = D("2")}, seats, ""));
  CHECK(AskedQuantities(quote) == Quantities{{seats.id, 105}});
  CHECK(BoughtQuantities(quote) == Quantities{{seats.id, 55}});
}

TEST_CASE("The content binds what is agreed and nothing else") {
  const Quote quote = SeatsQuote();
  const auto binds = [&](const LineChange& change) {
    Quote changed = quote;
    REQUIRE(ChangeLine(&changed, quote.lines[0].id, change, ""));
    REQUIRE(Reprice(&changed));
    return BindingText(ContentOf(changed)) != BindingText(ContentOf(quote));
  };
  CHECK(binds({.quantity = D("99")}));
  CHECK(binds({.service_level = "gold"}));
  CHECK(binds({.discount_percent = D("1")}));
  CHECK(binds({.start_on = calendar::Date(2026, 4, 1)}));
  CHECK(binds({.covers = {{quote.lines[1].id}}}));
  CHECK_FALSE(binds({.quantity = D("100")}));
  CHECK_FALSE(binds({.group = "Phase 1"}));
  CHECK_FALSE(binds({.requested_quantity = D("120")}));
  Quote longer = quote;
  longer.valid_until = calendar::Date(2026, 4, 30);
  CHECK(BindingText(ContentOf(longer)) != BindingText(ContentOf(quote)));
}

TEST_CASE("A quote is valid through its last day") {
  const Quote quote = EmptyQuote();
  CHECK_FALSE(IsPastLastDay(quote, calendar::Date(2026, 3, 31)));
  CHECK(IsPastLastDay(quote, calendar::Date(2026, 4, 1)));
}

// Any negotiation ends where a quote ends that was written so at once, and the totals are the sums
// of the lines whatever was edited.
TEST_CASE("Editing and repricing equals pricing afresh") {
  CHECK(rc::check([] {
    const Product products[] = {Seats(), Installation()};
    Quote edited = EmptyQuote();
    const int edits = *rc::gen::inRange(1, 12);
    for (int i = 0; i < edits; ++i) {
      const auto quantity = Decimal::FromScaled(*rc::gen::inRange<int64_t>(0, 200'00000000));
      const Decimal percent = *rc::gen::inRange(0, 101);
      const int kind = edited.lines.empty() ? 0 : *rc::gen::inRange(0, 4);
      const size_t target =
          edited.lines.empty() ? 0 : *rc::gen::inRange<size_t>(0, edited.lines.size());
      if (kind == 0) {
        RC_ASSERT(Add(&edited, {.quantity = quantity}, products[i % 2], "").has_value());
      }
      if (kind == 1) {
        RC_ASSERT(ChangeLine(&edited, edited.lines[target].id,
                             {.quantity = quantity, .discount_percent = percent}, "")
                      .has_value());
      }
      if (kind == 2) RC_ASSERT(RemoveLine(&edited, edited.lines[target].id).has_value());
      if (kind == 3) edited.header_discount_percent = percent;
      RC_ASSERT(Reprice(&edited).has_value());
    }
    Quote afresh = edited;
    afresh.totals = {};
    for (Line& line : afresh.lines) line.price = {};
    RC_ASSERT(Reprice(&afresh).has_value());
    RC_ASSERT(BindingText(ContentOf(afresh)) == BindingText(ContentOf(edited)));

    Money one_off = Eur("0.00"), monthly = one_off, term = one_off;
    for (const Line& line : edited.lines) {
      (line.product.recurrence ? monthly : one_off) += line.price.net_amount;
      term += line.price.term_total;
      RC_ASSERT(line.price.net_amount <= line.price.list_amount);
      RC_ASSERT(Explain(edited, line).amount() == line.price.net_amount.ToRatio());
    }
    RC_ASSERT(edited.totals.one_off == one_off);
    RC_ASSERT(edited.totals.monthly == monthly);
    RC_ASSERT(edited.totals.term_total == term);
  }));
}

}  // namespace
}  // namespace continuo::quoting::domain
