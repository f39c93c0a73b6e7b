#include "continuo/contracts/v1/running_contract.pb.h"
#include "continuo/quoting/v1/deal.pb.h"
#include "services/quoting/app/choose_options.h"
#include "services/quoting/app/clone_quote.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

// 50 seats at 20.00 a month, sold for three years from February; ten months are released, and the
// contract says what it is asked to say.
struct Changes : Quoting {
  Changes() : sold(Must(Accept(Release(Open({Line(seats, "50"), Line(installation, "1")}))))) {
    contract.set_contract_id(sold.contract_id());
    contract.set_revision(3);
    contract.set_account_id(account);
    contract.set_division_id(division);
    contract.set_currency("EUR");
    contract.set_payment_days(21);
    contract.set_order_count(1);
    *contract.add_lines() = Json<contracts::v1::RunningLine>(R"({"order_line_id":")" + sold.lines(0).id() +
        R"(","running":true,"start_on":"2026-02-01","end_on":"2029-02-01","effective_on":"2027-02-01",
        "quantity":"50","amount":{"amount":"1000.00","currency":"EUR"},
        "billing_period":{"unit":"month","count":1},"periods_left":24,"period_start":"2027-02-01",
        "period_end":"2027-03-01","open_from":"2026-12-01",
        "ended_total":{"amount":"24000.00","currency":"EUR"}})");
    Tell();
  }
  void Tell() { peers.Know(contract.contract_id(), contract); }
  contracts::v1::RunningLine& running() { return *contract.mutable_lines(0); }

  v1::QuoteLine Change(v1::ContractChangeKind kind, const std::string& quantity,
                       const std::string& product = "") const {
    v1::QuoteLine line = Line(product.empty() ? seats : product, quantity);
    line.mutable_change()->set_kind(kind);
    line.mutable_change()->set_order_line_id(sold.lines(0).id());
    if (kind != v1::CONTRACT_CHANGE_KIND_EXTEND) line.mutable_change()->set_effective_on("2027-02-01");
    return line;
  }
  Result<v1::Quote> Quote(const std::vector<v1::QuoteLine>& lines) {
    v1::CreateQuoteRequest request = Request(lines);
    request.mutable_quote()->set_contract_id(sold.contract_id());
    return CreateQuote(app, Call(), request);
  }
  static std::string Deltas(const v1::Quote& quote) {
    return quote.deltas().mrr().amount() + " " + quote.deltas().acv().amount() + " " +
           quote.deltas().tcv().amount();
  }

  v1::Order sold;
  contracts::v1::RunningContract contract;
};

TEST_CASE("A change quote starts from the running contract and shows the difference") {
  Changes stage;
  struct Row {
    std::string what;
    v1::ContractChangeKind kind;
    std::string quantity;
    std::string first_day, term_total, deltas;
  };
  const Row row = GENERATE(values<Row>({
      {"an addition ends with the line", v1::CONTRACT_CHANGE_KIND_ADD, "10", "2027-02-01", "4800.00",
       "200.00 2400.00 4800.00"},
      {"what remains goes on at the agreed price", v1::CONTRACT_CHANGE_KIND_REDUCE, "30",
       "2027-02-01", "14400.00", "-400.00 -4800.00 -9600.00"},
      {"nothing follows a termination", v1::CONTRACT_CHANGE_KIND_TERMINATE, "0", "2027-02-01",
       "0.00", "-1000.00 -12000.00 -24000.00"},
  }));
  INFO(row.what);
  const v1::Quote quote = stage.Must(stage.Quote({stage.Change(row.kind, row.quantity)}));
  CHECK(quote.kind() == v1::QUOTE_KIND_CHANGE);
  CHECK(quote.contract_id() == stage.sold.contract_id());
  CHECK(quote.contract_revision() == 3);
  CHECK(quote.payment_days() == 21);
  REQUIRE(quote.lines_size() == 1);
  CHECK(quote.lines(0).start_on() == row.first_day);
  CHECK(quote.lines(0).net_unit_price() == "20");
  CHECK(quote.lines(0).override_reason() == "As agreed in " + stage.sold.number());
  CHECK(quote.lines(0).change().quantity_before() == "50");
  CHECK(quote.totals().term_total().amount() == row.term_total);
  CHECK(Changes::Deltas(quote) == row.deltas);
}

TEST_CASE("What is new beside a change may be an option, and counts once it is chosen") {
  Changes stage;
  v1::QuoteLine option = Quoting::Line(stage.support, "1");
  option.set_option("support");
  const v1::Quote quote =
      stage.Must(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "10"), option}));
  CHECK(Changes::Deltas(quote) == "200.00 2400.00 4800.00");
  auto choose = Quoting::Of<v1::ChooseQuoteOptionsRequest>(quote);
  choose.add_options("support");
  const v1::Quote chosen = stage.Must(ChooseQuoteOptions(stage.app, stage.Matching(quote), choose));
  CHECK(Changes::Deltas(chosen) == "300.00 3600.00 8400.00");
}

TEST_CASE("An extension begins where the line ends; a swap sells another product in its place") {
  Changes stage;
  stage.running().set_effective_on("2029-02-01");
  stage.running().set_periods_left(0);
  stage.running().mutable_ended_total()->set_amount("0.00");
  stage.Tell();
  v1::QuoteLine extension = stage.Change(v1::CONTRACT_CHANGE_KIND_EXTEND, "50");
  extension.mutable_term_length()->set_unit(catalogue::v1::PERIOD_UNIT_YEAR);
  extension.mutable_term_length()->set_count(1);
  const v1::Quote extended = stage.Must(stage.Quote({extension}));
  CHECK(extended.lines(0).start_on() == "2029-02-01");
  CHECK(Changes::Deltas(extended) == "0.00 0.00 12000.00");

  stage.running().set_effective_on("2027-02-01");
  stage.running().mutable_ended_total()->set_amount("24000.00");
  stage.Tell();
  const v1::Quote swapped = stage.Must(
      stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_SWAP, "2", stage.support)}));
  CHECK(swapped.lines(0).product_code() == "SUP");
  CHECK(swapped.lines(0).override_unit_price().empty());
  CHECK(Changes::Deltas(swapped) == "-800.00 -9600.00 -16800.00");
}

TEST_CASE("What a change may not be is refused where it is said") {
  Changes stage;
  const auto code = [&](v1::QuoteLine line) { return Pointer(stage.Quote({line})); };
  CHECK(code(stage.Change(v1::CONTRACT_CHANGE_KIND_REDUCE, "50")) == "/lines/0/quantity");
  v1::QuoteLine option = stage.Change(v1::CONTRACT_CHANGE_KIND_REDUCE, "30");
  option.set_option("fewer");
  CHECK(code(option) == "/lines/0/option");
  CHECK(code(stage.Change(v1::CONTRACT_CHANGE_KIND_REDUCE, "0")) == "/lines/0/quantity");
  CHECK(code(stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "0")) == "/lines/0/quantity");
  CHECK(code(stage.Change(v1::CONTRACT_CHANGE_KIND_TERMINATE, "1")) == "/lines/0/quantity");
  CHECK(code(stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "1", stage.support)) == "/lines/0/product_id");
  CHECK(code(stage.Change(v1::CONTRACT_CHANGE_KIND_SWAP, "1", stage.starter)) == "/lines/0/change");
  v1::QuoteLine line = stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "1");
  line.mutable_change()->clear_effective_on();
  CHECK(code(line) == "/lines/0/change/effective_on");
  line = stage.Change(v1::CONTRACT_CHANGE_KIND_EXTEND, "1");
  line.mutable_change()->set_effective_on("2027-02-01");
  CHECK(code(line) == "/lines/0/change/effective_on");
  line = stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "1");
  line.set_start_on("2027-02-01");
  CHECK(code(line) == "/lines/0/start_on");
  line = stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "1");
  line.mutable_term_length()->set_unit(catalogue::v1::PERIOD_UNIT_MONTH);
  line.mutable_term_length()->set_count(1);
  CHECK(code(line) == "/lines/0/term_length");
  line = stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "1");
  line.mutable_change()->set_order_line_id(ids::OrderLineId::New().ToString());
  CHECK(code(line) == "/lines/0/change/order_line_id");
  line = stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "1");
  line.add_ramp()->set_quantity("1");
  CHECK(code(line) == "/lines/0/ramp");
  CHECK(Pointer(CreateQuote(stage.app, stage.Call(),
                            stage.Request({stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "1")}))) ==
        "/lines/0/change");
}

TEST_CASE("The contract is one of the account's, and the kind says so") {
  Changes stage;
  v1::CreateQuoteRequest request = stage.Request();
  request.mutable_quote()->set_kind(v1::QUOTE_KIND_CHANGE);
  CHECK(Pointer(CreateQuote(stage.app, stage.Call(), request)) == "/contract_id");
  request.mutable_quote()->set_kind(v1::QUOTE_KIND_NEW);
  request.mutable_quote()->set_contract_id(stage.sold.contract_id());
  CHECK(Pointer(CreateQuote(stage.app, stage.Call(), request)) == "/contract_id");
  request.mutable_quote()->clear_kind();
  request.mutable_quote()->set_currency("USD");
  CHECK(Pointer(CreateQuote(stage.app, stage.Call(), request)) == "/currency");
  request.mutable_quote()->clear_currency();
  request.mutable_quote()->set_contract_id(ids::ContractId::New().ToString());
  CHECK(Pointer(CreateQuote(stage.app, stage.Call(), request)) == "/contract_id");
  stage.contract.set_account_id(ids::AccountId::New().ToString());
  stage.Tell();
  CHECK(Pointer(stage.Quote({})) == "/contract_id");
  stage.contract.set_account_id(stage.account);
  stage.contract.set_division_id(ids::DivisionId::New().ToString());
  stage.Tell();
  CHECK(Pointer(stage.Quote({})) == "/division_id");
}

TEST_CASE("When a running line can be changed") {
  Changes stage;
  const v1::QuoteLine add = stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "1");
  const v1::QuoteLine end = stage.Change(v1::CONTRACT_CHANGE_KIND_TERMINATE, "0");
  stage.running().set_periods_left(0);
  stage.Tell();
  CHECK(Reason(stage.Quote({add})) == "CHANGE_NOT_ON_PERIOD");
  CHECK(Reason(stage.Quote({end})) == "");  // what is left need not be whole periods
  stage.running().set_period_start("2027-01-15");
  stage.Tell();
  CHECK(Reason(stage.Quote({end})) == "CHANGE_NOT_ON_PERIOD");
  stage.running().set_period_start("2027-02-01");
  stage.running().set_periods_left(24);
  stage.running().set_open_from("2027-03-01");
  stage.Tell();
  CHECK(Reason(stage.Quote({add})) == "CHANGE_DAY_RELEASED");
  stage.running().set_open_from("2027-02-01");
  *stage.contract.add_lines() = stage.running();  // as often as it is asked for
  *stage.contract.add_lines() = stage.running();
  stage.Tell();
  CHECK(Reason(stage.Quote({end, stage.Change(v1::CONTRACT_CHANGE_KIND_REDUCE, "30")})) ==
        "CONTRACT_LINE_CHANGED_TWICE");
  CHECK(Reason(stage.Quote({end, add, add})) == "");
  stage.running().set_running(false);
  stage.Tell();
  CHECK(Reason(stage.Quote({add})) == "CONTRACT_LINE_NOT_RUNNING");
}

TEST_CASE("Edits keep a change what it is") {
  Changes stage;
  const v1::Quote quote =
      stage.Must(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_REDUCE, "30")}));
  const v1::Quote edited = stage.Must(stage.SetQuantity(quote, 0, "20"));
  CHECK(Changes::Deltas(edited) == "-600.00 -7200.00 -14400.00");
  CHECK(Pointer(stage.SetQuantity(edited, 0, "50")) == "/quantity");
  v1::UpdateQuoteLineRequest move;
  move.set_quote_id(quote.id());
  move.set_id(quote.lines(0).id());
  move.mutable_line()->set_start_on("2027-03-01");
  move.add_update_mask("start_on");
  CHECK(Pointer(UpdateQuoteLine(stage.app, stage.Matching(edited), move)) == "/start_on");
  v1::AddQuoteLineRequest more;
  more.set_quote_id(quote.id());
  *more.mutable_line() = stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "5");
  const v1::Quote two = stage.Must(AddQuoteLine(stage.app, stage.Matching(edited), more));
  CHECK(two.lines_size() == 2);
  stage.contract.set_revision(4);
  stage.Tell();
  CHECK(Reason(AddQuoteLine(stage.app, stage.Matching(two), more)) == "CONTRACT_CHANGED");
  v1::CloneQuoteRequest clone;
  clone.set_id(quote.id());
  CHECK(Reason(CloneQuote(stage.app, stage.Call(), clone)) == "QUOTE_ACTION_NOT_ALLOWED");
}

TEST_CASE("Acceptance makes a change order of the running contract") {
  Changes stage;
  const v1::Quote quote = stage.Release(
      stage.Must(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_REDUCE, "30")})));
  const v1::Order order = stage.Must(stage.Accept(quote));
  CHECK(order.kind() == v1::ORDER_KIND_CHANGE);
  CHECK(order.contract_id() == stage.sold.contract_id());
  CHECK(order.opportunity_id() != stage.sold.opportunity_id());
  REQUIRE(order.lines_size() == 1);
  CHECK(order.lines(0).change().kind() == v1::CONTRACT_CHANGE_KIND_REDUCE);
  CHECK(order.lines(0).change().order_line_id() == stage.sold.lines(0).id());
  CHECK(order.lines(0).start_on() == "2027-02-01");
  CHECK(order.lines(0).periods() == 24);
}

TEST_CASE("Two people who change one contract: the second is told") {
  Changes stage;
  const v1::Quote first = stage.Release(
      stage.Must(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_REDUCE, "30")})));
  const v1::Quote second =
      stage.Release(stage.Must(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "5")})));
  stage.Must(stage.Accept(first));
  // Whether contracts has taken the first in already, or not yet.
  CHECK(Reason(stage.Accept(second)) == "CONTRACT_CHANGED");
  CHECK(Reason(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "5")})) == "CONTRACT_CHANGED");
  stage.contract.set_order_count(2);
  stage.contract.set_revision(4);
  stage.Tell();
  CHECK(Reason(stage.Accept(second)) == "CONTRACT_CHANGED");
  CHECK(Reason(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_ADD, "5")})) == "");
}

TEST_CASE("What was released since the change was quoted refuses the acceptance") {
  Changes stage;
  const v1::Quote quote = stage.Release(
      stage.Must(stage.Quote({stage.Change(v1::CONTRACT_CHANGE_KIND_REDUCE, "30")})));
  stage.running().set_open_from("2027-03-01");
  stage.Tell();
  CHECK(Reason(stage.Accept(quote)) == "CHANGE_DAY_RELEASED");
  stage.running().set_open_from("2027-02-01");
  stage.Tell();
  stage.Must(stage.Accept(quote));
}

}  // namespace
}  // namespace continuo::quoting::app
