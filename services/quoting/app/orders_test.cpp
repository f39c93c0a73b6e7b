// Direct orders, an order as finance needs it, and what becomes of what was not bought.
#include "continuo/quoting/v1/direct_order.pb.h"
#include "continuo/quoting/v1/finance_sheet.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/money/money.h"
#include "services/quoting/app/direct_order.h"
#include "services/quoting/app/finance_sheet.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

v1::CreateOrderRequest DirectOrder(const Quoting& quoting,
                                   const std::vector<v1::QuoteLine>& lines) {
  v1::CreateOrderRequest request;
  request.set_account_id(quoting.account);
  request.set_division_id(quoting.division);
  request.set_accepted_by("E. Beispiel");
  for (const v1::QuoteLine& line : lines) *request.add_lines() = line;
  return request;
}

// One who may order, and give nothing away.
rpc::Call OrderTaker(const Quoting& quoting) {
  rpc::Call call = quoting.Call();
  call.principal.permissions = {"orders.create", "orders.read"};
  return call;
}

TEST_CASE("A direct order is priced as a quote is, and leaves none behind") {
  Quoting quoting;
  const v1::Quote quote =
      quoting.Open({Quoting::Line(quoting.seats, "60"), Quoting::Line(quoting.starter, "1")});
  const auto request = DirectOrder(
      quoting, {Quoting::Line(quoting.seats, "60"), Quoting::Line(quoting.starter, "1")});
  const v1::Order order = quoting.Must(CreateOrder(quoting.app, OrderTaker(quoting), request));

  CHECK(order.kind() == v1::ORDER_KIND_DIRECT);
  CHECK(order.number() == "O-000001");
  CHECK(order.quote_id().empty());
  CHECK(order.quote_version() == 0);
  CHECK(order.opportunity_id().empty());
  CHECK_FALSE(order.has_opportunity_value());
  CHECK(order.contract_id().starts_with("ctr_"));
  CHECK(order.accepted_on() == "2026-03-10");
  CHECK(order.payment_days() == 14);
  CHECK(order.term_total().amount() == quote.totals().term_total().amount());
  REQUIRE(order.lines_size() == 3);
  CHECK(order.lines(0).quote_line_id().empty());
  CHECK(order.lines(0).net_amount().amount() == "1080.00");
  CHECK(order.lines(0).waterfall_size() > 0);
  CHECK(order.lines(1).bundle_code() == "STARTER");
  v1::GetOrderRequest get;
  get.set_id(order.id());
  CHECK(quoting.Must(GetOrder(quoting.app, quoting.Call(), get)).SerializeAsString() ==
        order.SerializeAsString());
  CHECK(quoting.test.Execute("SELECT count(*) FROM quoting.quote") == "1");
  CHECK(quoting.test.Execute("SELECT count(*) FROM quoting.quote_line") == "3");
  CHECK(quoting.Events() == "quote.created quote.priced order.accepted");
  CHECK(quoting.test.Execute("SELECT accepted_by FROM quoting.acceptance") == "E. Beispiel");
}

TEST_CASE("A direct order at a discount needs somebody who may give it") {
  Quoting quoting;
  auto request = DirectOrder(quoting, {Quoting::Line(quoting.seats, "60", "1")});
  CHECK(Reason(CreateOrder(quoting.app, OrderTaker(quoting), request)) ==
        "DIRECT_ORDER_NEEDS_APPROVAL");
  CHECK(quoting.test.Execute("SELECT count(*) FROM quoting.\"order\"") == "0");
  rpc::Call manager = OrderTaker(quoting);
  manager.principal.permissions.push_back("orders.create_direct");
  const v1::Order order = quoting.Must(CreateOrder(quoting.app, manager, request));
  CHECK(order.lines(0).net_amount().amount() == "1069.20");

  request.mutable_lines(0)->clear_discount_percent();
  request.set_header_discount_percent("2");
  CHECK(Reason(CreateOrder(quoting.app, OrderTaker(quoting), request)) ==
        "DIRECT_ORDER_NEEDS_APPROVAL");
}

TEST_CASE("A direct order can win a deal, once") {
  Quoting quoting;
  auto request = DirectOrder(quoting, {Quoting::Line(quoting.installation, "1")});
  crm::v1::Opportunity deal;
  deal.set_account_id(quoting.account);
  deal.mutable_value()->set_amount("3000.00");
  deal.mutable_value()->set_currency("EUR");
  request.set_opportunity_id(ids::OpportunityId::New().ToString());
  CHECK(Pointer(CreateOrder(quoting.app, quoting.Call(), request)) == "/opportunity_id");
  quoting.peers.Know(request.opportunity_id(), deal);
  const v1::Order order = quoting.Must(CreateOrder(quoting.app, quoting.Call(), request));
  CHECK(order.opportunity_id() == request.opportunity_id());
  CHECK(order.opportunity_value().amount() == "3000.00");
  CHECK(Reason(CreateOrder(quoting.app, quoting.Call(), request)) == "DEAL_ALREADY_ACCEPTED");
}

TEST_CASE("What a direct order names must fit") {
  Quoting quoting;
  auto request = DirectOrder(quoting, {Quoting::Line(quoting.seats, "1")});
  request.mutable_lines(0)->set_requested_quantity("5");
  CHECK(Pointer(CreateOrder(quoting.app, quoting.Call(), request)) ==
        "/lines/0/requested_quantity");
  request.mutable_lines(0)->clear_requested_quantity();
  request.mutable_lines(0)->set_service_level("gold");
  CHECK(Pointer(CreateOrder(quoting.app, quoting.Call(), request)) == "/lines/0/service_level");
  const rpc::Call stranger = quoting.As(ids::UserId::New().ToString(), false);
  request.mutable_lines(0)->clear_service_level();
  CHECK(Pointer(CreateOrder(quoting.app, stranger, request)) == "/account_id");
}

TEST_CASE("The finance sheet adds up to the order, whatever the catalogue says by now") {
  Quoting quoting;
  v1::QuoteLine gold = Quoting::Line(quoting.support, "1");
  gold.set_service_level("gold");
  gold.set_group("=1+1");
  auto request = DirectOrder(quoting, {Quoting::Line(quoting.seats, "100"),
                                       Quoting::Line(quoting.installation, "1", "10"), gold});
  request.set_start_on("2026-04-01");
  const v1::Order order = quoting.Must(CreateOrder(quoting.app, quoting.Call(), request));
  quoting.peers.answers.clear();

  v1::GetFinanceSheetRequest get;
  get.set_order_id(order.id());
  const v1::FinanceSheet sheet = quoting.Must(GetFinanceSheet(quoting.app, quoting.Call(), get));
  CHECK(sheet.order_number() == order.number());
  CHECK(sheet.term_total().amount() == order.term_total().amount());
  REQUIRE(sheet.lines_size() == 3);
  CHECK(sheet.lines(0).end_on() == "2029-03-31");
  CHECK(sheet.lines(0).term().notice_days() == 90);
  CHECK(sheet.lines(1).discount_percent() == "10");
  CHECK(sheet.lines(1).end_on().empty());
  // 10 March: once; then 36 months, three of which hold a year's support.
  REQUIRE(sheet.billing_size() == 37);
  CHECK(sheet.billing(0).bill_on() == "2026-03-10");
  CHECK(sheet.billing(0).due_on() == "2026-03-24");
  CHECK(sheet.billing(0).amount().amount() == "2250.00");
  CHECK(sheet.billing(1).bill_on() == "2026-04-01");
  CHECK(sheet.billing(1).amount().amount() == "3600.00");
  CHECK(sheet.billing(1).lines() == 2);
  CHECK(sheet.billing(2).amount().amount() == "1800.00");
  int64_t minor = 0;
  for (const v1::PlannedBilling& planned : sheet.billing()) {
    minor += money::Money::Parse(planned.amount().amount(), "EUR").value().minor();
  }
  CHECK(minor == money::Money::Parse(order.term_total().amount(), "EUR").value().minor());

  v1::GetFinanceSheetTableRequest table;
  table.set_order_id(order.id());
  const auto lines = quoting.Must(GetFinanceSheetTable(quoting.app, quoting.Call(), table));
  CHECK(lines.content_type().starts_with("text/csv"));
  CHECK(lines.data().find("O-000001,2,INST,Installation,1,,,one_off,1,,,EUR,2500,10,2250,2250.00,,,"
                          "1,2250.00,2500.00,2026-04-01,,,14,\r\n") != std::string::npos);
  CHECK(lines.data().find(",'=1+1,") != std::string::npos);
  CHECK(lines.data().find(",1 year,advance,3,5400.00,") != std::string::npos);
  table.set_part(v1::FINANCE_SHEET_PART_BILLING);
  CHECK(quoting.Must(GetFinanceSheetTable(quoting.app, quoting.Call(), table))
            .data()
            .starts_with("order,bill_on,due_on,amount,currency,lines\r\n"
                         "O-000001,2026-03-10,2026-03-24,2250.00,EUR,1\r\n"));
  get.set_order_id(ids::OrderId::New().ToString());
  CHECK(Reason(GetFinanceSheet(quoting.app, quoting.Call(), get)) == "NOT_FOUND");
}

TEST_CASE("What was not bought can be pursued in a deal of its own") {
  Quoting quoting;
  v1::Quote quote = quoting.Open({Quoting::Line(quoting.seats, "100")});
  quote = quoting.Must(quoting.SetQuantity(quote, 0, "120"));
  quote = quoting.Must(quoting.SetQuantity(quote, 0, "60"));
  quoting.Must(quoting.Accept(quoting.Release(quote)));
  v1::ListResidualDemandsRequest list;
  list.set_quote_id(quote.id());
  const auto demands = quoting.Must(ListResidualDemands(quoting.app, quoting.Call(), list));
  REQUIRE(demands.data_size() == 1);
  CHECK(demands.data(0).first_asked() == "100");
  CHECK(demands.data(0).peak_asked() == "120");
  CHECK(demands.data(0).last_asked() == "60");
  CHECK(demands.data(0).bought() == "60");

  v1::PursueResidualDemandRequest pursue;
  pursue.set_id(demands.data(0).id());
  const v1::ResidualDemand pursued =
      quoting.Must(PursueResidualDemand(quoting.app, quoting.Call(), pursue));
  CHECK(pursued.status() == v1::RESIDUAL_DEMAND_STATUS_PURSUED);
  CHECK(pursued.opportunity_id().starts_with("opp_"));
  CHECK(pursued.opportunity_id() != quote.opportunity_id());
  CHECK(pursued.pursued_by() == quoting.seller);
  CHECK(pursued.has_pursued_at());
  CHECK(pursued.revision() == 2);
  CHECK(quoting.test.Execute("SELECT data::json ->> 'opportunity_id' FROM quoting.event_log WHERE "
                             "type = 'residual_demand.pursued'") == pursued.opportunity_id());
  CHECK(Reason(PursueResidualDemand(quoting.app, quoting.Call(), pursue)) ==
        "RESIDUAL_DEMAND_CLOSED");
  v1::DismissResidualDemandRequest dismiss;
  dismiss.set_id(pursue.id());
  dismiss.set_reason("no");
  CHECK(Reason(DismissResidualDemand(quoting.app, quoting.Call(), dismiss)) ==
        "RESIDUAL_DEMAND_CLOSED");
}

}  // namespace
}  // namespace continuo::quoting::app
