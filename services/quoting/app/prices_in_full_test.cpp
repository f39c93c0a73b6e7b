// What the catalogue can say of a price, sold: bundles in bundles, prices by hand, ramps, relations.
#include "libs/testing/catch/catch.h"
#include "continuo/quoting/v1/margin.pb.h"
#include "services/quoting/app/margin.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

std::vector<std::string> Shown(const v1::Quote& quote) {
  std::vector<std::string> shown;
  for (const v1::QuoteLine& line : quote.lines()) {
    shown.push_back(line.product_code() + " " + line.quantity() + " = " +
                    line.net_amount().amount());
  }
  return shown;
}

struct Shop : Quoting {
  Shop() {
    suite = Publish(R"("code":"SUITE","name":"Suite","kind":"bundle",
        "bundle_price":{"method":"override","prices":[{"currency":"EUR","amount":"150"}]},
        "components":[{"product_id":")" + seats + R"(","quantity":"10","min_quantity":"5",
          "max_quantity":"50"}])");
    office = Publish(R"("code":"OFFICE","name":"Office","kind":"bundle",
        "bundle_price":{"method":"discount","discount_percent":"10"},"components":[
        {"product_id":")" + suite + R"(","quantity":"1"},
        {"product_id":")" + installation + R"(","quantity":"1"}])");
    care = Publish(R"("code":"CARE","name":"Maintenance","kind":"recurring",
        "pricing":{"model":"percentage_of_lines","basis":"net",
          "prices":[{"currency":"EUR","percent":"1.5"}]},
        "billing":{"period":{"unit":"month","count":1},"timing":"advance"},
        "term":{"length":{"unit":"month","count":12}},
        "relations":[{"kind":"requires","product_id":")" + installation + R"("}])");
  }
  std::string suite, office, care;
};

TEST_CASE("A bundle of bundles is sold at the bundles' prices, and stays what it was") {
  Shop shop;
  v1::QuoteLine line = Quoting::Line(shop.office, "2");
  v1::BundleChoice& choice = *line.add_choices();
  choice.set_product_id(shop.seats);
  choice.set_quantity("20");
  v1::Quote quote = shop.Open({line});
  // Two suites at 150, less 10 %; two installations at 2500, less 10 %.
  CHECK(Shown(quote) == std::vector<std::string>{"SEAT 40 = 270.00", "INST 2 = 4500.00"});
  CHECK(quote.lines(0).bundle_code() == "OFFICE");
  REQUIRE(quote.lines(0).bundles_size() == 2);
  CHECK(quote.lines(0).bundles(0).code() == "SUITE");
  CHECK(quote.lines(0).bundles(0).price() == "150");
  CHECK(quote.lines(1).bundles(0).id() == quote.lines(0).bundles(1).id());

  quote = shop.Must(shop.SetQuantity(quote, 0, "30"));
  CHECK(Shown(quote) == std::vector<std::string>{"SEAT 30 = 270.00", "INST 2 = 4500.00"});
  const v1::Order order = shop.Must(shop.Accept(shop.Release(quote)));
  REQUIRE(order.lines(0).bundles_size() == 2);
  CHECK(order.lines(0).bundles(1).code() == "OFFICE");
  CHECK(order.lines(0).net_amount().amount() == "270.00");
}

TEST_CASE("A price book's prices are frozen with the line, and its derivation names the book") {
  Shop shop;
  // As the catalogue answers for this buyer.
  const std::string seats = shop.Publish(R"("code":"SEAT","name":"Licence per seat",
      "kind":"one_off","pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":"12"}]},
      "service_levels":[{"code":"gold","name":"Gold","factor":"2",
        "prices":[{"currency":"EUR","amount":"15"}]}],
      "price_book":{"id":"pbook_01hvxz1rjcfbv9sncsgn7x2p6e","code":"EDU","currency":"EUR",
        "has_price":true,"service_levels":["gold"]})");
  const std::string suite = shop.Publish(R"("code":"EDUSUITE","name":"Suite","kind":"bundle",
      "bundle_price":{"method":"override","prices":[{"currency":"EUR","amount":"80"}]},
      "price_book":{"code":"EDU","currency":"EUR","has_price":true},
      "components":[{"product_id":")" + shop.installation + R"(","quantity":"1"}])");
  v1::QuoteLine gold = Quoting::Line(seats, "10");
  gold.set_service_level("gold");
  v1::Quote quote = shop.Open({Quoting::Line(seats, "10", "50"), gold});
  v1::AddQuoteLineRequest add;
  add.set_quote_id(quote.id());
  *add.mutable_line() = Quoting::Line(suite, "1");
  quote = shop.Must(AddQuoteLine(shop.app, shop.Matching(quote), add));
  CHECK(Shown(quote) ==
        std::vector<std::string>{"SEAT 10 = 60.00", "SEAT 10 = 150.00", "INST 1 = 80.00"});
  CHECK(quote.lines(0).list_amount().amount() == "120.00");
  CHECK(quote.lines(0).price_book().code() == "EDU");
  CHECK_FALSE(quote.lines(2).has_price_book());
  CHECK(quote.lines(2).bundles(0).price_book_code() == "EDU");
  CHECK(shop.peers.offers_asked ==
        std::vector<std::string>{"education", "education", "education"});

  const auto step = [&](int line, const std::string& name) -> std::string {
    v1::GetQuoteLineDerivationRequest request;
    request.set_quote_id(quote.id());
    request.set_id(quote.lines(line).id());
    const auto derivation = shop.Must(GetQuoteLineDerivation(shop.app, shop.Call(), request));
    for (const type::v1::Step& shown : derivation.waterfall()) {
      if (shown.name() == name) return shown.detail();
    }
    return "";
  };
  CHECK(step(0, "list") == "price book EDU: 10 at 12");
  CHECK(step(1, "service_level") == "price book EDU: gold, 10 at 15");
  CHECK(step(2, "bundle") == "price book EDU: EDUSUITE, its share of 1 at 80");
  const v1::Order order = shop.Must(shop.Accept(shop.Release(quote)));
  CHECK(order.lines(0).price_book().id() == "pbook_01hvxz1rjcfbv9sncsgn7x2p6e");
  CHECK(order.lines(0).waterfall(0).detail() == "price book EDU: 10 at 12");
  // Who has bought it is sold what existing customers are.
  shop.Open({Quoting::Line(seats, "1")});
  CHECK(shop.peers.offers_asked.back() == "education owns it");
}

TEST_CASE("What is bought costs what it does at the line's quantity, in margin and order") {
  Shop shop;
  const std::string hosting = shop.Publish(R"("code":"HOST","name":"Hosting","kind":"one_off",
      "pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":"10"}]},
      "purchasing":[{"name":"Space","currency":"EUR","unit_cost":"5","cost_bands":[
        {"from":"10","unit_cost":"4"},{"from":"100","unit_cost":"3"}]},
        {"name":"Set-up","currency":"EUR","unit_cost":"1"}])");
  struct Row {
    const char* quantity;
    const char* unit_cost;
    const char* cost;
  };
  for (const Row& row : {Row{"9.5", "5", "57.00"}, Row{"10", "4", "50.00"}, Row{"99", "4", "495.00"},
                         Row{"100", "3", "400.00"}}) {
    CAPTURE(row.quantity);
    const v1::Quote quote = shop.Open({Quoting::Line(hosting, row.quantity)});
    v1::GetQuoteMarginRequest asked;
    asked.set_quote_id(quote.id());
    const v1::QuoteMargin margin = shop.Must(GetQuoteMargin(shop.app, shop.Call(), asked));
    CHECK(margin.elements(0).unit_cost() == row.unit_cost);
    CHECK(margin.at_todays_rates().cost().amount() == row.cost);
    const v1::Order order = shop.Must(shop.Accept(shop.Release(quote)));
    CHECK(order.lines(0).purchasing(0).unit_cost() == row.unit_cost);
    CHECK(order.lines(0).purchasing(1).unit_cost() == "1");
  }
}

TEST_CASE("A price by hand is kept with its reason, and told on the order") {
  Shop shop;
  v1::QuoteLine line = Quoting::Line(shop.seats, "100");
  line.set_override_unit_price("15");
  CHECK(Pointer(CreateQuote(shop.app, shop.Call(), shop.Request({line}))) ==
        "/lines/0/override_reason");
  line.set_override_reason("matches their old price");
  v1::Quote quote = shop.Open({line});
  CHECK(quote.lines(0).list_amount().amount() == "1800.00");
  CHECK(quote.lines(0).net_amount().amount() == "1500.00");
  CHECK(quote.totals().effective_discount_percent() == "16.6667");

  v1::ChangeQuoteLinesRequest change;
  change.set_quote_id(quote.id());
  v1::QuoteLineChange& changed = *change.add_change();
  changed.set_id(quote.lines(0).id());
  changed.set_override_unit_price("16");
  quote = shop.Must(ChangeQuoteLines(shop.app, shop.Matching(quote), change));
  CHECK(quote.lines(0).net_amount().amount() == "1600.00");
  CHECK(quote.lines(0).override_reason() == "matches their old price");
  const v1::Order order = shop.Must(shop.Accept(shop.Release(quote)));
  CHECK(order.lines(0).override_reason() == "matches their old price");
}

TEST_CASE("A ramp is sold as lines with terms of their own") {
  Shop shop;
  v1::QuoteLine line = Quoting::Line(shop.seats, "0");
  line.set_start_on("2026-05-31");
  v1::RampStep& free = *line.add_ramp();
  free.set_periods(2);
  free.set_quantity("10");
  free.set_unit_price("0");
  v1::RampStep& full = *line.add_ramp();
  full.set_periods(34);
  full.set_quantity("40");
  v1::Quote quote = shop.Open({line});
  CHECK(Shown(quote) == std::vector<std::string>{"SEAT 10 = 0.00", "SEAT 40 = 800.00"});
  CHECK(quote.lines(1).start_on() == "2026-07-31");
  CHECK(quote.lines(1).term().length().count() == 34);
  CHECK(quote.lines(1).term().notice_days() == 90);
  CHECK(quote.lines(1).ramp_segment().is_last());
  CHECK(quote.lines(0).ramp_segment().ramp_id() == quote.lines(1).ramp_segment().ramp_id());
  CHECK(quote.totals().monthly().amount() == "800.00");
  CHECK(quote.totals().term_total().amount() == "27200.00");

  const v1::Order order = shop.Must(shop.Accept(shop.Release(quote)));
  CHECK(order.lines(0).term().length().count() == 2);
  CHECK(order.lines(1).term_total().amount() == "27200.00");
}

TEST_CASE("A percentage of lines needs the product that it requires, once or ever") {
  Shop shop;
  v1::Quote quote = shop.Open({Quoting::Line(shop.seats, "50"), Quoting::Line(shop.care, "1")});
  CHECK(quote.lines(1).net_amount().amount() == "15.00");
  const auto submit = [&](const v1::Quote& asked) {
    return SubmitQuote(shop.app, shop.Call(), Quoting::Of<v1::SubmitQuoteRequest>(asked));
  };
  const Result<v1::Quote> refused = submit(quote);
  CHECK(Reason(refused) == "PRODUCT_RELATION_NOT_MET");
  CHECK(Pointer(refused) == "/lines/1");

  v1::AddQuoteLineRequest add;
  add.set_quote_id(quote.id());
  *add.mutable_line() = Quoting::Line(shop.installation, "1");
  quote = shop.Must(AddQuoteLine(shop.app, shop.Matching(quote), add));
  CHECK(quote.lines(1).net_amount().amount() == "52.50");  // of 1000 a month and 2500 once
  shop.Must(shop.Accept(shop.Release(quote)));

  const v1::Quote second = shop.Open({Quoting::Line(shop.seats, "50"),
                                      Quoting::Line(shop.care, "1")});
  CHECK(submit(second).has_value());
}

}  // namespace
}  // namespace continuo::quoting::app
