// The use cases on a real Postgres, with the other services played by FakePeers: each statement is
// prepared and run.
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

TEST_CASE("A quote is opened with its deal, priced, and the deal follows it") {
  Quoting quoting;
  const v1::Quote quote = quoting.OpenDemoDeal();
  CHECK(quote.revision() == 1);
  CHECK(quote.version() == 1);
  CHECK(quote.number() == "Q-000001");
  CHECK(quote.status() == v1::QUOTE_STATUS_DRAFT);
  CHECK(quote.kind() == v1::QUOTE_KIND_NEW);
  CHECK(quote.opportunity_id().starts_with("opp_"));
  CHECK(quote.selected());
  CHECK(quote.valid_until() == "2026-04-09");
  CHECK(quote.payment_days() == 14);
  CHECK(quote.time_zone() == "Europe/Berlin");
  CHECK(quote.content_hash().size() == 64);
  REQUIRE(quote.lines_size() == 3);
  CHECK(quote.lines(0).net_amount().amount() == "1800.00");
  CHECK(quote.lines(0).list_unit_price() == "18");
  CHECK(quote.lines(0).periods() == 36);
  CHECK(quote.lines(0).billing().lead_days() == 14);
  CHECK(quote.lines(2).net_amount().amount() == "1800.00");
  CHECK(quote.totals().one_off().amount() == "2500.00");
  CHECK(quote.totals().monthly().amount() == "1950.00");
  CHECK(quote.totals().yearly().amount() == "23400.00");
  CHECK(quote.totals().term_total().amount() == "72700.00");
  CHECK(quote.totals().effective_discount_percent() == "0");
  CHECK(quoting.Events() == "quote.created quote.priced");
  CHECK(quoting.test.Execute("SELECT data::json ->> 'opportunity_minted' FROM quoting.event_log "
                             "WHERE type = 'quote.created'") == "true");
}

TEST_CASE("What a new quote names must exist") {
  Quoting quoting;
  v1::CreateQuoteRequest request = quoting.Request({Quoting::Line(quoting.seats, "1")});
  v1::Quote& quote = *request.mutable_quote();
  const auto pointer = [&] { return Pointer(CreateQuote(quoting.app, quoting.Call(), request)); };
  SECTION("the account") {
    quote.set_account_id(ids::AccountId::New().ToString());
    CHECK(pointer() == "/account_id");
  }
  SECTION("the division") {
    quote.set_division_id(ids::DivisionId::New().ToString());
    CHECK(pointer() == "/division_id");
  }
  SECTION("the deal") {
    quote.set_opportunity_id(ids::OpportunityId::New().ToString());
    CHECK(pointer() == "/opportunity_id");
  }
  SECTION("a deal of another account is none") {
    crm::v1::Opportunity deal;
    deal.set_account_id(ids::AccountId::New().ToString());
    quote.set_opportunity_id(ids::OpportunityId::New().ToString());
    quoting.peers.Know(quote.opportunity_id(), deal);
    CHECK(pointer() == "/opportunity_id");
  }
  SECTION("a product") {
    quote.mutable_lines(0)->set_product_id(ids::ProductId::New().ToString());
    CHECK(pointer() == "/lines/0/product_id");
  }
  SECTION("a service level") {
    quote.mutable_lines(0)->set_service_level("gold");
    CHECK(pointer() == "/lines/0/service_level");
  }
  SECTION("the past is no last day") {
    quote.set_valid_until("2026-03-09");
    CHECK(pointer() == "/valid_until");
  }
  SECTION("a price in the currency") {
    quote.set_currency("USD");
    CHECK(Reason(CreateQuote(quoting.app, quoting.Call(), request)) == "PRODUCT_HAS_NO_PRICE");
  }
  CHECK(quoting.test.Execute("SELECT count(*) FROM quoting.quote") == "0");
}

TEST_CASE("Every edit is a revision, priced afresh") {
  Quoting quoting;
  v1::Quote quote = quoting.OpenDemoDeal();

  quote = quoting.Must(quoting.SetQuantity(quote, 0, "50"));
  CHECK(quote.revision() == 2);
  CHECK(quote.lines(0).net_amount().amount() == "1000.00");

  v1::UpdateQuoteRequest header;
  header.set_id(quote.id());
  header.mutable_quote()->set_header_discount_percent("10");
  (*header.mutable_quote()->mutable_metadata())["region"] = "west";
  header.add_update_mask("header_discount_percent");
  header.add_update_mask("metadata");
  quote = quoting.Must(UpdateQuote(quoting.app, quoting.Matching(quote), header));
  CHECK(quote.lines(0).net_amount().amount() == "900.00");
  CHECK(quote.totals().effective_discount_percent() == "10");
  CHECK(quote.metadata().at("region") == "west");
  CHECK(quote.revision() == 3);

  v1::AddQuoteLineRequest bundle;
  bundle.set_quote_id(quote.id());
  *bundle.mutable_line() = Quoting::Line(quoting.starter, "2");
  quote = quoting.Must(AddQuoteLine(quoting.app, quoting.Matching(quote), bundle));
  REQUIRE(quote.lines_size() == 5);
  CHECK(quote.lines(3).bundle_code() == "STARTER");
  CHECK(quote.lines(3).quantity() == "20");

  v1::RemoveQuoteLineRequest remove;
  remove.set_quote_id(quote.id());
  remove.set_id(quote.lines(4).id());
  quote = quoting.Must(RemoveQuoteLine(quoting.app, quoting.Matching(quote), remove));
  CHECK(quote.lines_size() == 4);

  v1::ChangeQuoteLinesRequest many;
  many.set_quote_id(quote.id());
  many.set_reason("second round");
  v1::QuoteLineChange& change = *many.add_change();
  change.set_id(quote.lines(0).id());
  change.set_discount_percent("5");
  change.mutable_discount_amount()->set_amount("50.00");
  change.mutable_discount_amount()->set_currency("EUR");
  change.set_start_on("2026-05-01");
  change.set_group("Phase 1");
  change.set_requested_quantity("80");
  many.add_remove(quote.lines(3).id());
  *many.add_add() = Quoting::Line(quoting.installation, "1");
  many.mutable_add(0)->add_covers(quote.lines(0).id());
  quote = quoting.Must(ChangeQuoteLines(quoting.app, quoting.Matching(quote), many));
  CHECK(quote.revision() == 6);
  REQUIRE(quote.lines_size() == 4);
  // 1000 less 5 % less 50 is 900, less 10 % is 810
  CHECK(quote.lines(0).net_amount().amount() == "810.00");
  CHECK(quote.lines(0).group() == "Phase 1");
  CHECK(quote.lines(0).start_on() == "2026-05-01");
  CHECK(quote.lines(3).covers(0) == quote.lines(0).id());

  v1::ListQuoteRevisionsRequest list;
  list.set_quote_id(quote.id());
  const auto revisions = quoting.Must(ListQuoteRevisions(quoting.app, quoting.Call(), list));
  REQUIRE(revisions.data_size() == 6);
  CHECK(revisions.data(0).action() == "create");
  CHECK(revisions.data(2).changes().at("header_discount_percent").to() == "\"10\"");
  CHECK(revisions.data(5).reason() == "second round");
  CHECK(revisions.data(5).changed_by() == quoting.seller);
  const std::string quantity = "lines/" + quote.lines(0).id() + "/quantity";
  CHECK(revisions.data(1).changes().at(quantity).from() == "\"100\"");

  v1::GetQuoteLineDerivationRequest how;
  how.set_quote_id(quote.id());
  how.set_id(quote.lines(0).id());
  const auto derivation = quoting.Must(GetQuoteLineDerivation(quoting.app, quoting.Call(), how));
  std::string steps;
  for (const auto& step : derivation.waterfall()) {
    steps += step.name() + " " + step.amount_after() + ", ";
  }
  CHECK(steps == "list 1000, band 1000, line_discount 950, line_amount 900, "
                 "header_discount 810, rounding 810, ");
}

TEST_CASE("An edit that does not fit changes nothing") {
  Quoting quoting;
  const v1::Quote quote = quoting.OpenDemoDeal();
  rpc::Call stale = quoting.Call();
  stale.if_match = "7";
  v1::RemoveQuoteLineRequest remove;
  remove.set_quote_id(quote.id());
  remove.set_id(quote.lines(0).id());
  CHECK(Reason(RemoveQuoteLine(quoting.app, stale, remove)) == "ETAG_MISMATCH");
  remove.set_id(ids::QuoteLineId::New().ToString());
  CHECK(Reason(RemoveQuoteLine(quoting.app, quoting.Matching(quote), remove)) == "NOT_FOUND");
  remove.set_quote_id(ids::QuoteId::New().ToString());
  CHECK(Reason(RemoveQuoteLine(quoting.app, quoting.Matching(quote), remove)) == "NOT_FOUND");

  v1::ChangeQuoteLinesRequest many;
  many.set_quote_id(quote.id());
  many.add_change()->set_id(quote.lines(0).id());
  many.mutable_change(0)->set_quantity("1");
  many.add_remove(ids::QuoteLineId::New().ToString());
  CHECK(Pointer(ChangeQuoteLines(quoting.app, quoting.Matching(quote), many)) == "/remove/0");

  v1::UpdateQuoteRequest same;
  same.set_id(quote.id());
  same.mutable_quote()->set_payment_days(14);
  same.add_update_mask("payment_days");
  CHECK(quoting.Must(UpdateQuote(quoting.app, quoting.Matching(quote), same)).revision() == 1);
  same.mutable_quote()->set_currency("USD");
  same.add_update_mask("currency");
  CHECK(Pointer(UpdateQuote(quoting.app, quoting.Matching(quote), same)) == "/currency");
  CHECK(quoting.Get(quote.id()).SerializeAsString() == quote.SerializeAsString());
}

TEST_CASE("A version is what was submitted; the first edit after it begins the next") {
  Quoting quoting;
  v1::Quote quote = quoting.OpenDemoDeal();
  quote = quoting.Must(
      SubmitQuote(quoting.app, quoting.Call(), Quoting::Of<v1::SubmitQuoteRequest>(quote)));
  CHECK(quote.status() == v1::QUOTE_STATUS_SUBMITTED);
  quote = quoting.Must(
      ApproveQuote(quoting.app, quoting.Call(), Quoting::Version<v1::ApproveQuoteRequest>(quote)));

  SECTION("an edit that binds nobody keeps the approval") {
    v1::ChangeQuoteLinesRequest heading;
    heading.set_quote_id(quote.id());
    heading.add_change()->set_id(quote.lines(0).id());
    heading.mutable_change(0)->set_group("Phase 1");
    quote = quoting.Must(ChangeQuoteLines(quoting.app, quoting.Matching(quote), heading));
    CHECK(quote.status() == v1::QUOTE_STATUS_APPROVED);
    CHECK(quote.version() == 1);
  }
  SECTION("a material one voids it") {
    quote = quoting.Must(quoting.SetQuantity(quote, 0, "50"));
    CHECK(quote.status() == v1::QUOTE_STATUS_DRAFT);
    CHECK(quote.version() == 2);
    auto release = Quoting::Version<v1::ReleaseQuoteRequest>(quote);
    CHECK(Reason(ReleaseQuote(quoting.app, quoting.Call(), release)) ==
          "QUOTE_ACTION_NOT_ALLOWED");
    release.set_version(1);
    CHECK(Reason(ReleaseQuote(quoting.app, quoting.Call(), release)) == "QUOTE_VERSION_CHANGED");
    quote = quoting.Must(
        SubmitQuote(quoting.app, quoting.Call(), Quoting::Of<v1::SubmitQuoteRequest>(quote)));
    auto reject = Quoting::Version<v1::RejectQuoteRequest>(quote);
    reject.set_reason("too cheap");
    quote = quoting.Must(RejectQuote(quoting.app, quoting.Call(), reject));
    CHECK(quote.status() == v1::QUOTE_STATUS_REJECTED);

    v1::ListQuoteVersionsRequest list;
    list.set_quote_id(quote.id());
    const auto versions = quoting.Must(ListQuoteVersions(quoting.app, quoting.Call(), list));
    REQUIRE(versions.data_size() == 2);
    CHECK(versions.data(0).status() == v1::QUOTE_STATUS_APPROVED);
    CHECK(versions.data(0).decided_by() == quoting.seller);
    CHECK(versions.data(0).quote().lines(0).quantity() == "100");
    CHECK(versions.data(1).status() == v1::QUOTE_STATUS_REJECTED);
    CHECK(versions.data(1).reason() == "too cheap");
    CHECK(versions.data(1).quote().lines(0).quantity() == "50");
    const std::string quantity = "lines/" + quote.lines(0).id() + "/quantity";
    CHECK(versions.data(1).changes().at(quantity).from() == "\"100\"");
    CHECK(versions.data(1).changes().at(quantity).to() == "\"50\"");

    v1::GetTrajectoryRequest trajectory;
    trajectory.set_quote_id(quote.id());
    const auto way = quoting.Must(GetTrajectory(quoting.app, quoting.Call(), trajectory));
    REQUIRE(way.points_size() == 2);
    CHECK(way.direction() == v1::DIRECTION_DOWN);
    CHECK(way.points(1).direction() == v1::DIRECTION_DOWN);
    CHECK(way.points(1).term_total().amount() == "43900.00");
    for (const auto& product : way.points(1).products()) {
      if (product.product_code() != "SEAT") continue;
      CHECK(product.quantity_direction() == v1::DIRECTION_DOWN);
      CHECK(product.price_direction() == v1::DIRECTION_UP);
      CHECK(product.unit_price() == "20");
    }

    quote = quoting.Must(
        ReviseQuote(quoting.app, quoting.Call(), Quoting::Of<v1::ReviseQuoteRequest>(quote)));
    CHECK(quote.version() == 3);
    CHECK(quote.status() == v1::QUOTE_STATUS_DRAFT);
  }
}

TEST_CASE("An empty quote cannot be submitted") {
  Quoting quoting;
  const v1::Quote quote = quoting.Open({});
  CHECK(Reason(SubmitQuote(quoting.app, quoting.Call(),
                           Quoting::Of<v1::SubmitQuoteRequest>(quote))) == "QUOTE_HAS_NO_LINES");
}

TEST_CASE("Acceptance makes the order: its lines are the quote's, its sums too") {
  Quoting quoting;
  v1::Quote quote = quoting.OpenDemoDeal();
  quote = quoting.Must(quoting.SetQuantity(quote, 0, "50"));
  quote = quoting.Release(quote);
  crm::v1::Opportunity deal;
  deal.mutable_value()->set_amount("40000.00");
  deal.mutable_value()->set_currency("EUR");
  quoting.peers.Know(quote.opportunity_id(), deal);
  const v1::Order order = quoting.Must(quoting.Accept(quote));

  CHECK(order.number() == "O-000001");
  CHECK(order.kind() == v1::ORDER_KIND_QUOTE);
  CHECK(order.quote_id() == quote.id());
  CHECK(order.quote_version() == 1);
  CHECK(order.contract_id().starts_with("ctr_"));
  CHECK(order.accepted_on() == "2026-03-10");
  CHECK(order.start_on() == "2026-03-10");
  CHECK(order.payment_days() == 14);
  CHECK(order.content_hash() == quote.content_hash());
  CHECK(order.one_off_total().amount() == "2500.00");
  CHECK(order.term_total().amount() == "43900.00");
  CHECK(order.opportunity_value().amount() == "40000.00");
  CHECK(order.control_totals().count() == 3);
  CHECK(order.control_totals().sums(0).amount() == "43900.00");
  REQUIRE(order.lines_size() == 3);
  const v1::OrderLine& licence = order.lines(0);
  CHECK(licence.quote_line_id() == quote.lines(0).id());
  CHECK(licence.net_amount().amount() == "1000.00");
  CHECK(licence.term_total().amount() == "36000.00");
  CHECK(licence.ssp_total().amount() == "34200.00");
  CHECK(licence.periods() == 36);
  CHECK(licence.revenue_rule() == catalogue::v1::REVENUE_RULE_STRAIGHT_LINE_DAYS);
  CHECK(licence.tax_code() == "standard");
  CHECK(licence.commission_class() == "licence");
  CHECK(licence.term().notice_days() == 90);
  CHECK(licence.waterfall_size() > 0);
  const v1::OrderLine& support = order.lines(2);
  CHECK(support.service_level_terms().hours() == "24x7");
  CHECK(support.purchasing(0).unit_cost() == "700");
  CHECK(support.ssp_total().amount() == "5400.00");

  v1::GetOrderRequest get;
  get.set_id(order.id());
  CHECK(quoting.Must(GetOrder(quoting.app, quoting.Call(), get)).SerializeAsString() ==
        order.SerializeAsString());
  v1::ListOrdersRequest list;
  list.set_account_id(quoting.account);
  const auto listed = quoting.Must(ListOrders(quoting.app, quoting.Call(), list));
  REQUIRE(listed.data_size() == 1);
  CHECK(listed.data(0).SerializeAsString() == order.SerializeAsString());
  quote = quoting.Get(quote.id());
  CHECK(quote.status() == v1::QUOTE_STATUS_ACCEPTED);
  CHECK(quote.order_id() == order.id());

  // 100 asked, 50 bought.
  v1::ListResidualDemandsRequest demands;
  demands.set_quote_id(quote.id());
  const auto rest = quoting.Must(ListResidualDemands(quoting.app, quoting.Call(), demands));
  REQUIRE(rest.data_size() == 1);
  CHECK(rest.data(0).product_code() == "SEAT");
  CHECK(rest.data(0).first_asked() == "100");
  CHECK(rest.data(0).last_asked() == "50");
  CHECK(rest.data(0).bought() == "50");
  CHECK(rest.data(0).quantity() == "50");
  CHECK(quoting.Events() ==
        "quote.created quote.priced quote.priced quote.submitted quote.approved quote.released "
        "residual_demand.created quote.accepted order.accepted");
  CHECK(quoting.test.Execute("SELECT count(*) FROM quoting.event_log WHERE data::text LIKE "
                             "'%Beispiel%'") == "0");

  v1::DismissResidualDemandRequest dismiss;
  dismiss.set_id(rest.data(0).id());
  dismiss.set_reason("bought elsewhere");
  const auto dismissed =
      quoting.Must(DismissResidualDemand(quoting.app, quoting.Call(), dismiss));
  CHECK(dismissed.status() == v1::RESIDUAL_DEMAND_STATUS_DISMISSED);
  CHECK(Reason(DismissResidualDemand(quoting.app, quoting.Call(), dismiss)) ==
        "RESIDUAL_DEMAND_CLOSED");
  v1::GetResidualDemandRequest one;
  one.set_id(rest.data(0).id());
  CHECK(quoting.Must(GetResidualDemand(quoting.app, quoting.Call(), one)).reason() ==
        "bought elsewhere");
}

TEST_CASE("A quote is accepted once, and only as it was released") {
  Quoting quoting;
  v1::Quote quote = quoting.Open({Quoting::Line(quoting.installation, "1")});
  CHECK(Reason(quoting.Accept(quote)) == "QUOTE_ACTION_NOT_ALLOWED");
  quote = quoting.Release(quote);

  SECTION("twice") {
    const v1::Order order = quoting.Must(quoting.Accept(quote));
    CHECK(order.opportunity_value().amount() == "2500.00");
    const Result<v1::Order> again = quoting.Accept(quote);
    CHECK(Reason(again) == "QUOTE_ALREADY_ACCEPTED");
    CHECK(again.error().metadata.at("order_id") == order.id());
    CHECK(Reason(quoting.SetQuantity(quoting.Get(quote.id()), 0, "2")) == "QUOTE_NOT_EDITABLE");
    CHECK(quoting.test.Execute("SELECT count(*) FROM quoting.\"order\"") == "1");
  }
  SECTION("the same key twice is one order") {
    auto request = Quoting::Version<v1::AcceptQuoteRequest>(quote);
    request.set_accepted_by("E. Beispiel");
    rpc::Call call = quoting.Call();
    call.idempotency_key = "accept-1";
    call.fingerprint = "f";
    const v1::Order order = quoting.Must(AcceptQuote(quoting.app, call, request));
    const v1::Order again = quoting.Must(AcceptQuote(quoting.app, call, request));
    CHECK(again.SerializeAsString() == order.SerializeAsString());
    CHECK(call.notes->replayed);
  }
  SECTION("another version") {
    v1::Quote other = quote;
    other.set_version(2);
    CHECK(Reason(quoting.Accept(other)) == "QUOTE_VERSION_CHANGED");
  }
  SECTION("on its last day, and not after it") {
    // 9 April 23:30 in Berlin
    quoting.test.SetClock("quoting", "2026-04-09T21:30:00Z");
    CHECK(quoting.Must(quoting.Accept(quote)).accepted_on() == "2026-04-09");
  }
  SECTION("after its last day") {
    quoting.test.SetClock("quoting", "2026-04-09T22:00:00Z");
    CHECK(Reason(quoting.Accept(quote)) == "QUOTE_EXPIRED");
  }
  SECTION("other terms than the approved ones") {
    quoting.test.Execute("UPDATE quoting.quote_line SET net_minor = net_minor - 1");
    CHECK(Reason(quoting.Accept(quote)) == "QUOTE_CONTENT_CHANGED");
  }
  SECTION("numbers have no gaps") {
    quoting.Must(quoting.Accept(quote));
    CHECK(Reason(quoting.Accept(quote)) == "QUOTE_ALREADY_ACCEPTED");
    const v1::Quote next =
        quoting.Release(quoting.Open({Quoting::Line(quoting.installation, "2")}));
    CHECK(quoting.Must(quoting.Accept(next)).number() == "O-000002");
  }
}

TEST_CASE("A deal follows one quote, and is won once") {
  Quoting quoting;
  const v1::Quote first = quoting.Open({Quoting::Line(quoting.installation, "1")});
  v1::CreateQuoteRequest request = quoting.Request({Quoting::Line(quoting.installation, "2")});
  request.mutable_quote()->set_opportunity_id(first.opportunity_id());
  v1::Quote second = quoting.Must(CreateQuote(quoting.app, quoting.Call(), request));
  CHECK_FALSE(second.selected());

  SECTION("selecting moves it") {
    second = quoting.Must(
        SelectQuote(quoting.app, quoting.Call(), Quoting::Of<v1::SelectQuoteRequest>(second)));
    CHECK(second.selected());
    CHECK_FALSE(quoting.Get(first.id()).selected());
    CHECK(quoting.Get(first.id()).revision() == 2);
    v1::ListQuotesRequest list;
    list.set_opportunity_id(first.opportunity_id());
    list.set_selected(true);
    const auto selected = quoting.Must(ListQuotes(quoting.app, quoting.Call(), list));
    REQUIRE(selected.data_size() == 1);
    CHECK(selected.data(0).id() == second.id());
    CHECK(selected.data(0).lines_size() == 0);
    CHECK(selected.data(0).line_count() == 1);
    CHECK(selected.data(0).totals().SerializeAsString() == second.totals().SerializeAsString());
    CHECK(selected.data(0).totals().one_off().amount() == "5000.00");
  }
  SECTION("accepting selects too, and no other quote of the deal can follow") {
    second = quoting.Release(second);
    quoting.Must(quoting.Accept(second));
    CHECK(quoting.Get(second.id()).selected());
    CHECK_FALSE(quoting.Get(first.id()).selected());
    CHECK(Reason(quoting.Accept(quoting.Release(first))) == "DEAL_ALREADY_ACCEPTED");
    CHECK(Reason(SelectQuote(quoting.app, quoting.Call(),
                             Quoting::Of<v1::SelectQuoteRequest>(first))) ==
          "DEAL_ALREADY_ACCEPTED");
  }
}

TEST_CASE("Declined, and taken up again") {
  Quoting quoting;
  v1::Quote quote = quoting.Release(quoting.Open({Quoting::Line(quoting.installation, "1")}));
  auto decline = Quoting::Of<v1::DeclineQuoteRequest>(quote);
  decline.set_reason("no budget");
  quote = quoting.Must(DeclineQuote(quoting.app, quoting.Call(), decline));
  CHECK(quote.status() == v1::QUOTE_STATUS_DECLINED);
  CHECK(Reason(quoting.SetQuantity(quote, 0, "2")) == "QUOTE_NOT_EDITABLE");
  auto revise = Quoting::Of<v1::ReviseQuoteRequest>(quote);
  revise.set_valid_until("2026-06-30");
  quote = quoting.Must(ReviseQuote(quoting.app, quoting.Call(), revise));
  CHECK(quote.version() == 2);
  CHECK(quote.valid_until() == "2026-06-30");
}

TEST_CASE("Quotes that were handed in expire when their last day is over") {
  Quoting quoting;
  const v1::Quote draft = quoting.Open({Quoting::Line(quoting.installation, "1")});
  const v1::Quote released =
      quoting.Release(quoting.Open({Quoting::Line(quoting.installation, "1")}));
  const rpc::Call job = rpc::Call::AsService("quoting", "req_job");
  const auto due = [&] {
    return quoting
        .Must(quoting.database.Work(
            job,
            [](postgres::Transaction& tx) -> Result<std::optional<calendar::Instant>> {
              return NextExpiry(tx);
            }))
        .value_or(calendar::Instant());
  };
  CHECK(calendar::FormatInstant(due()) == "2026-04-09T22:00:00Z");
  CHECK_FALSE(quoting.Must(ExpireQuotes(quoting.app, job)));
  quoting.test.SetClock("quoting", "2026-04-09T22:00:00Z");
  CHECK(quoting.Must(ExpireQuotes(quoting.app, job)));
  CHECK_FALSE(quoting.Must(ExpireQuotes(quoting.app, job)));
  CHECK(due() == calendar::Instant());
  CHECK(quoting.Get(released.id()).status() == v1::QUOTE_STATUS_EXPIRED);
  CHECK(quoting.Get(draft.id()).status() == v1::QUOTE_STATUS_DRAFT);
  CHECK(Reason(quoting.Accept(released)) == "QUOTE_EXPIRED");
  CHECK(Reason(SubmitQuote(quoting.app, quoting.Call(),
                           Quoting::Of<v1::SubmitQuoteRequest>(draft))) == "QUOTE_EXPIRED");
}

TEST_CASE("Who is not linked to the account sees and changes nothing of it") {
  Quoting quoting;
  v1::Quote quote = quoting.Release(quoting.Open({Quoting::Line(quoting.seats, "2")}));
  const v1::Order order = quoting.Must(quoting.Accept(quote));
  const rpc::Call stranger = quoting.As(ids::UserId::New().ToString(), false);
  v1::GetQuoteRequest get;
  get.set_id(quote.id());
  CHECK(Reason(GetQuote(quoting.app, stranger, get)) == "NOT_FOUND");
  v1::GetOrderRequest get_order;
  get_order.set_id(order.id());
  CHECK(Reason(GetOrder(quoting.app, stranger, get_order)) == "NOT_FOUND");
  CHECK(quoting.Must(ListQuotes(quoting.app, stranger, {})).data_size() == 0);
  CHECK(quoting.Must(ListOrders(quoting.app, stranger, {})).data_size() == 0);
  v1::ListQuoteLinesRequest lines;
  lines.set_quote_id(quote.id());
  CHECK(Reason(ListQuoteLines(quoting.app, stranger, lines)) == "NOT_FOUND");
  CHECK(quoting.Must(ListQuoteLines(quoting.app, quoting.Call(), lines)).data_size() == 1);
  CHECK(Reason(ReviseQuote(quoting.app, stranger, Quoting::Of<v1::ReviseQuoteRequest>(quote))) ==
        "NOT_FOUND");
}

}  // namespace
}  // namespace continuo::quoting::app
