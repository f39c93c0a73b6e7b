// The history of deals: clones, differences, trajectories, and what is left after cost.
#include "continuo/directory/v1/exchange_rate.pb.h"
#include "continuo/quoting/v1/deal.pb.h"
#include "continuo/quoting/v1/margin.pb.h"
#include "services/quoting/app/clone_quote.h"
#include "services/quoting/app/margin.h"
#include "services/quoting/app/quote_difference.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

v1::CloneQuoteRequest CloneOf(const v1::Quote& quote) {
  return Quoting::Of<v1::CloneQuoteRequest>(quote);
}

Result<v1::QuoteDifference> Differ(Quoting& quoting, const v1::Quote& quote,
                                   const std::string& from, const std::string& to,
                                   const std::string& other = "") {
  v1::GetQuoteDifferenceRequest request;
  request.set_quote_id(quote.id());
  request.set_from(from);
  request.set_to(to);
  request.set_to_quote_id(other);
  return GetQuoteDifference(quoting.app, quoting.Call(), request);
}

std::string Shown(const v1::QuoteDifference& difference) {
  std::string text;
  const auto add = [&](const auto& fields) {
    for (const v1::FieldDifference& field : fields) {
      text += " " + field.field() + " " + field.from() + ">" + field.to();
      if (field.direction() == v1::DIRECTION_UP) text += " up";
      if (field.direction() == v1::DIRECTION_DOWN) text += " down";
      text += ";";
    }
  };
  add(difference.header());
  for (const v1::LineDifference& line : difference.lines()) {
    text += " " + line.product_code() + (line.fate() == v1::LINE_FATE_ADDED     ? " added"
                                         : line.fate() == v1::LINE_FATE_REMOVED ? " removed"
                                                                                : " changed");
    if (line.fate() == v1::LINE_FATE_CHANGED) add(line.fields());
  }
  return text;
}

TEST_CASE("What the totals of a quote are called") {
  Quoting quoting;
  const v1::Quote quote = quoting.OpenDemoDeal();
  // 1,800 a month for 36 months; 1,800 a year for 3 years; 2,500 once.
  CHECK(quote.totals().tcv().amount() == "72700.00");
  CHECK(quote.totals().acv().amount() == "23400.00");
  CHECK(quote.totals().mrr().amount() == "1950.00");
}

TEST_CASE("A clone is a new draft with the same lines") {
  Quoting quoting;
  v1::Quote quote = quoting.OpenDemoDeal();
  auto request = CloneOf(quote);
  request.set_reason("a cheaper variant");

  SECTION("of the same deal, which it does not take over") {
    const v1::Quote clone = quoting.Must(CloneQuote(quoting.app, quoting.Call(), request));
    CHECK(clone.id() != quote.id());
    CHECK(clone.cloned_from_id() == quote.id());
    CHECK(quoting.Get(clone.id()).cloned_from_id() == quote.id());
    CHECK(clone.revision() == 1);
    CHECK(clone.status() == v1::QUOTE_STATUS_DRAFT);
    CHECK(clone.opportunity_id() == quote.opportunity_id());
    CHECK_FALSE(clone.selected());
    CHECK(clone.payment_days() == 14);
    REQUIRE(clone.lines_size() == 3);
    CHECK(clone.lines(0).id() != quote.lines(0).id());
    CHECK(clone.lines(2).service_level() == "gold");
    CHECK(clone.totals().SerializeAsString() == quote.totals().SerializeAsString());
    CHECK(quoting.test.Execute("SELECT action || ': ' || reason FROM quoting.quote_revision WHERE "
                               "action = 'clone'") == "clone: a cheaper variant");
    // Two quotes are compared by product.
    const v1::Quote cheaper = quoting.Must(quoting.SetQuantity(clone, 0, "40"));
    const auto difference = quoting.Must(Differ(quoting, quote, "", "", cheaper.id()));
    CHECK(difference.lines(0).from_line_id() == quote.lines(0).id());
    CHECK(difference.lines(0).to_line_id() == cheaper.lines(0).id());
    CHECK(difference.term_total_change().amount() == "-36000.00");
    CHECK(difference.direction() == v1::DIRECTION_DOWN);
    CHECK(difference.lines_size() == 1);
  }
  SECTION("of a deal of its own") {
    request.set_new_opportunity(true);
    const v1::Quote clone = quoting.Must(CloneQuote(quoting.app, quoting.Call(), request));
    CHECK(clone.opportunity_id() != quote.opportunity_id());
    CHECK(clone.selected());
    request.set_opportunity_id(quote.opportunity_id());
    CHECK(Pointer(CloneQuote(quoting.app, quoting.Call(), request)) == "/new_opportunity");
  }
  SECTION("what was bought is sold again in a new deal") {
    quoting.Must(quoting.Accept(quoting.Release(quote)));
    const v1::Quote clone = quoting.Must(CloneQuote(quoting.app, quoting.Call(), request));
    CHECK(clone.opportunity_id() != quote.opportunity_id());
    CHECK(clone.order_id().empty());
    quoting.Must(quoting.Accept(quoting.Release(clone)));
  }
  SECTION("for another account, on its own terms of payment") {
    crm::v1::Account other;
    other.set_id(ids::AccountId::New().ToString());
    other.set_payment_days(60);
    quoting.peers.Know(other.id(), other);
    request.set_account_id(other.id());
    const v1::Quote clone = quoting.Must(CloneQuote(quoting.app, quoting.Call(), request));
    CHECK(clone.account_id() == other.id());
    CHECK(clone.payment_days() == 60);
    CHECK(clone.opportunity_id() != quote.opportunity_id());
    request.set_account_id(ids::AccountId::New().ToString());
    CHECK(Pointer(CloneQuote(quoting.app, quoting.Call(), request)) == "/account_id");
  }
  SECTION("with the products as they are sold today") {
    catalogue::v1::ProductVersion dearer;
    dearer.CopyFrom(*quoting.peers.answers.at(quoting.installation));
    dearer.set_version(2);
    dearer.mutable_product()->mutable_pricing()->mutable_prices(0)->set_unit_price("3000");
    quoting.peers.Know(quoting.installation, dearer);
    const v1::Quote frozen = quoting.Must(CloneQuote(quoting.app, quoting.Call(), request));
    CHECK(frozen.lines(1).net_amount().amount() == "2500.00");
    request.set_products(v1::CLONE_PRODUCTS_CURRENT);
    const v1::Quote current = quoting.Must(CloneQuote(quoting.app, quoting.Call(), request));
    CHECK(current.lines(1).product_version() == 2);
    CHECK(current.lines(1).net_amount().amount() == "3000.00");
    dearer.set_version(3);
    dearer.mutable_product()->mutable_pricing()->mutable_prices(0)->set_currency("USD");
    quoting.peers.Know(quoting.installation, dearer);
    CHECK(Reason(CloneQuote(quoting.app, quoting.Call(), request)) == "PRODUCT_NO_LONGER_FITS");
  }
  SECTION("not of a quote that one does not see") {
    const rpc::Call stranger = quoting.As(ids::UserId::New().ToString(), false);
    CHECK(Reason(CloneQuote(quoting.app, stranger, request)) == "NOT_FOUND");
  }
}

TEST_CASE("Any two states of a quote can be compared") {
  Quoting quoting;
  v1::Quote quote = quoting.OpenDemoDeal();
  quoting.Must(SubmitQuote(quoting.app, quoting.Call(), Quoting::Of<v1::SubmitQuoteRequest>(quote)));
  quote = quoting.Must(quoting.SetQuantity(quoting.Get(quote.id()), 1, "2"));  // version 2
  v1::RemoveQuoteLineRequest remove;
  remove.set_quote_id(quote.id());
  remove.set_id(quote.lines(0).id());
  remove.set_reason("they have seats");
  quote = quoting.Must(RemoveQuoteLine(quoting.app, quoting.Matching(quote), remove));
  v1::UpdateQuoteRequest header;
  header.set_id(quote.id());
  header.mutable_quote()->set_start_on("2026-05-01");
  header.add_update_mask("start_on");
  quote = quoting.Must(UpdateQuote(quoting.app, quoting.Matching(quote), header));

  CHECK(Shown(quoting.Must(Differ(quoting, quote, "r2", "r3"))) ==
        R"( totals/term_total {"amount":"72700.00","currency":"EUR"}>)"
        R"({"amount":"75200.00","currency":"EUR"} up; INST changed)"
        R"( net_amount {"amount":"2500.00","currency":"EUR"}>)"
        R"({"amount":"5000.00","currency":"EUR"} up; quantity "1">"2" up;)"
        R"( term_total {"amount":"2500.00","currency":"EUR"}>)"
        R"({"amount":"5000.00","currency":"EUR"} up;)");
  const auto versions = quoting.Must(Differ(quoting, quote, "v1", "v2"));
  CHECK(versions.from().revision() == 2);
  CHECK(versions.from().action() == "submit");
  CHECK(versions.to().revision() == 5);
  CHECK(versions.lines(0).fate() == v1::LINE_FATE_REMOVED);
  CHECK(versions.lines(0).product_code() == "SEAT");
  CHECK(versions.header(0).field() == "start_on");
  CHECK(Shown(quoting.Must(Differ(quoting, quote, "r5", ""))).empty());
  CHECK(quoting.Must(Differ(quoting, quote, "r3", "r4")).to().reason() == "they have seats");

  CHECK(Pointer(Differ(quoting, quote, "r9", "")) == "from");
  CHECK(Pointer(Differ(quoting, quote, "", "v3")) == "to");
  for (const char* nonsense : {"v", "1", "x2", "v0", "v1a", "r99999999999999999999"}) {
    CHECK(Pointer(Differ(quoting, quote, nonsense, "")) == "from");
  }
  CHECK(Pointer(Differ(quoting, quote, "", "", ids::QuoteId::New().ToString())) == "to_quote_id");
}

TEST_CASE("A trajectory says what, who, when, why, and which way") {
  Quoting quoting;
  v1::Quote quote = quoting.OpenDemoDeal();
  v1::ChangeQuoteLinesRequest change;
  change.set_quote_id(quote.id());
  change.add_change()->set_id(quote.lines(0).id());
  change.mutable_change(0)->set_quantity("80");
  change.mutable_change(0)->set_start_on("2026-05-01");
  change.set_reason("fewer people");
  quote = quoting.Must(ChangeQuoteLines(quoting.app, quoting.Matching(quote), change));
  change.mutable_change(0)->clear_quantity();
  change.mutable_change(0)->set_start_on("2026-04-01");
  change.set_reason("sooner");
  quote = quoting.Must(ChangeQuoteLines(quoting.app, quoting.Matching(quote), change));

  v1::GetTrajectoryRequest request;
  request.set_quote_id(quote.id());
  const v1::Trajectory trajectory =
      quoting.Must(GetTrajectory(quoting.app, quoting.Call(), request));
  REQUIRE(trajectory.points_size() == 3);
  const auto& fewer = trajectory.points(1);
  CHECK(fewer.action() == "change_lines");
  CHECK(fewer.reason() == "fewer people");
  CHECK(fewer.changed_by() == quoting.seller);
  CHECK(fewer.at().seconds() > 0);
  const auto seats = [](const v1::Trajectory::Point& point) {
    for (const auto& product : point.products()) {
      if (product.product_code() == "SEAT") return product;
    }
    return v1::Trajectory::Product();
  };
  CHECK(seats(fewer).quantity_direction() == v1::DIRECTION_DOWN);
  CHECK(seats(fewer).start_on() == "2026-05-01");
  const auto& sooner = trajectory.points(2);
  CHECK(sooner.reason() == "sooner");
  CHECK(seats(sooner).start_direction() == v1::DIRECTION_DOWN);
  CHECK(sooner.direction() == v1::DIRECTION_SAME);
}

// Support is bought at 700 USD a year: 2,100 USD over its three years.
TEST_CASE("The margin after cost, at the rates of today and of the submission") {
  Quoting quoting;
  v1::Quote quote = quoting.OpenDemoDeal();
  const auto margin = [&] {
    v1::GetQuoteMarginRequest request;
    request.set_quote_id(quote.id());
    return quoting.Must(GetQuoteMargin(quoting.app, quoting.Call(), request));
  };
  SECTION("no rate, no figure") {
    const v1::QuoteMargin shown = margin();
    REQUIRE(shown.costs_size() == 1);
    CHECK(shown.costs(0).amount() == "2100.00");
    CHECK(shown.costs(0).currency() == "USD");
    REQUIRE(shown.elements_size() == 1);
    CHECK(shown.elements(0).name() == "Vendor support");
    CHECK(shown.elements(0).periods() == "3");
    CHECK(shown.elements(0).period().count() == 1);
    CHECK_FALSE(shown.at_todays_rates().has_margin());
    CHECK(shown.at_todays_rates().margin_percent().empty());
    CHECK(shown.at_todays_rates().reason() ==
          "No exchange rate between USD and EUR is known.");
    CHECK_FALSE(shown.has_at_frozen_rates());
  }
  SECTION("a version keeps the rates that it was handed in with") {
    quoting.peers.KnowRate("USD", "EUR", "0.9");
    quote = quoting.Must(
        SubmitQuote(quoting.app, quoting.Call(), Quoting::Of<v1::SubmitQuoteRequest>(quote)));
    quoting.peers.KnowRate("USD", "EUR", "1");
    const v1::QuoteMargin shown = margin();
    CHECK(shown.term_total().amount() == "72700.00");
    CHECK(shown.at_todays_rates().cost().amount() == "2100.00");
    CHECK(shown.at_todays_rates().margin().amount() == "70600.00");
    CHECK(shown.at_todays_rates().margin_percent() == "97.1114");
    CHECK(shown.at_todays_rates().rates(0).rate() == "1");
    CHECK(shown.at_frozen_rates().cost().amount() == "1890.00");
    CHECK(shown.at_frozen_rates().margin().amount() == "70810.00");
    CHECK(shown.at_frozen_rates().version() == 1);
    CHECK(shown.at_frozen_rates().on() == "2026-03-10");
    CHECK(shown.at_frozen_rates().rates(0).source() == "ecb");
  }
  SECTION("the pair the other way round") {
    quoting.peers.KnowRate("EUR", "USD", "1.25");
    const v1::QuoteMargin shown = margin();
    CHECK(shown.at_todays_rates().cost().amount() == "1680.00");
    CHECK(shown.at_todays_rates().rates(0).inverse());
  }
  SECTION("a version that was handed in without a rate has no figure for ever") {
    quote = quoting.Must(
        SubmitQuote(quoting.app, quoting.Call(), Quoting::Of<v1::SubmitQuoteRequest>(quote)));
    quoting.peers.KnowRate("USD", "EUR", "1");
    const v1::QuoteMargin shown = margin();
    CHECK(shown.at_todays_rates().has_margin());
    CHECK_FALSE(shown.at_frozen_rates().has_margin());
    CHECK(shown.at_frozen_rates().reason() == "No exchange rate between USD and EUR is known.");
  }
}

}  // namespace
}  // namespace continuo::quoting::app
