// The use cases on a real database: what an accepted order becomes, step by step.
#include <rapidcheck.h>

#include <atomic>
#include <set>
#include <thread>

#include "continuo/catalogue/v1/supplier.pb.h"
#include "continuo/contracts/v1/contract.pb.h"
#include "continuo/contracts/v1/preview.pb.h"
#include "continuo/contracts/v1/purchase_order.pb.h"
#include "continuo/contracts/v1/running_contract.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/contracts/app/cancel_schedule.h"
#include "services/contracts/app/change_contract.h"
#include "services/contracts/app/confirm_purchase_order.h"
#include "services/contracts/app/create_contract.h"
#include "services/contracts/app/describe_contract.h"
#include "services/contracts/app/initialise_schedule.h"
#include "services/contracts/app/preview_contract.h"
#include "services/contracts/app/read_contracts.h"
#include "services/contracts/app/read_purchase_orders.h"
#include "services/contracts/app/read_releases.h"
#include "services/contracts/app/read_schedules.h"
#include "services/contracts/app/release_lines.h"
#include "services/contracts/app/report.h"
#include "services/contracts/app/uninitialise_schedule.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using quoting::v1::Order;
using quoting::v1::OrderLine;

template <class Prefixed>
std::string NewId() {
  return Prefixed::New().ToString();
}

void SetMoney(type::v1::Money* money, const std::string& amount, const std::string& currency) {
  money->set_amount(amount);
  money->set_currency(currency);
}

// A catalogue that knows one supplier.
class Catalogue : public rpc::Peers {
 public:
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string&,
                            const google::protobuf::Message& request,
                            google::protobuf::Message&) override {
    const auto& asked = static_cast<const catalogue::v1::GetSupplierRequest&>(request).id();
    if (asked != supplier) return NotFound("supplier", asked);
    return {};
  }
  std::vector<std::string> services() const override { return {"catalogue"}; }
  const std::string supplier = NewId<ids::SupplierId>();
};

template <class T>
std::string ReasonOf(const Result<T>& result) {
  if (result) return "";
  return result.error().violations.empty() ? result.error().reason
                                           : result.error().violations.front().code;
}

struct Fixture {
  explicit Fixture(const std::string& now) {
    test.Migrate("contracts", {events::Migrations(), access::Migrations(), sql::migrations()});
    test.SetClock("contracts", now);
    postgres::DatabaseConfig config = test.Config("contracts");
    config.on_statement = [this](const postgres::Statement& statement, std::chrono::nanoseconds) {
      const std::lock_guard lock(mutex);
      statements_run.insert(std::string(statement.name));
    };
    owned = std::make_unique<postgres::Database>(config);
  }
  postgres::Database& database() { return *owned; }

  rpc::Call ServiceCall() { return rpc::Call::AsService("contracts", NewId<ids::RequestId>()); }
  rpc::Call UserCall(const std::string& method) {
    rpc::Call call;
    call.principal.user_id = user;
    call.principal.sees_all = true;
    call.method = "/continuo.contracts.v1.ContractsService/" + method;
    call.request_id = NewId<ids::RequestId>();
    call.idempotency_key = call.request_id;
    call.fingerprint = "the same";
    return call;
  }

  Order DemoOrder();
  Result<void> Accept(const Order& order);

  v1::Schedule Find(const std::string& description) {
    const auto listed = ListSchedules(database(), UserCall("ListSchedules"), {}).value();
    for (const v1::Schedule& schedule : listed.data()) {
      if (schedule.description() == description) return schedule;
    }
    FAIL("no schedule of " + description);
    return {};
  }
  Result<v1::Schedule> Initialise(const v1::Schedule& schedule, const std::string& start_on,
                                  const std::string& supplier_id = {}) {
    v1::InitialiseScheduleRequest request;
    request.set_id(schedule.id());
    request.set_start_on(start_on);
    request.set_supplier_id(supplier_id);
    return InitialiseSchedule(database(), catalogue, UserCall("InitialiseSchedule"), request);
  }
  Result<v1::Schedule> Cancel(const v1::Schedule& schedule, const std::string& effective_on) {
    v1::CancelScheduleRequest request;
    request.set_id(schedule.id());
    request.set_effective_on(effective_on);
    return CancelSchedule(database(), UserCall("CancelSchedule"), request);
  }
  Result<v1::Schedule> Uninitialise(const v1::Schedule& schedule) {
    v1::UninitialiseScheduleRequest request;
    request.set_id(schedule.id());
    return UninitialiseSchedule(database(), UserCall("UninitialiseSchedule"), request);
  }
  int ReleaseAll(int lines_max = kSliceLinesMax) {
    int slices = 0;
    while (ReleaseSlice(database(), ServiceCall(), lines_max).value()) ++slices;
    return slices;
  }
  std::string NextDue() {
    const auto next = database().Work(ServiceCall(), NextReleaseAt).value();
    return next ? calendar::FormatInstant(*next) : "";
  }
  std::string One(const std::string& sql) {
    return test.Execute("SET search_path = contracts; " + sql);
  }
  int Count(const std::string& from_where) {
    return std::stoi(One("SELECT count(*) FROM " + from_where));
  }
  int Events(const std::string& type) { return Count("event_log WHERE type = '" + type + "'"); }

  testing::TestDatabase test;
  std::mutex mutex;
  std::set<std::string> statements_run;
  std::unique_ptr<postgres::Database> owned;
  Catalogue catalogue;
  const std::string user = NewId<ids::UserId>();
  const std::string account = NewId<ids::AccountId>();
  const std::string division = NewId<ids::DivisionId>();
};

OrderLine Line(const std::string& name, catalogue::v1::ProductKind kind, const std::string& net,
               const std::string& total, int periods) {
  OrderLine line;
  line.set_id(NewId<ids::OrderLineId>());
  line.set_product_id(NewId<ids::ProductId>());
  line.set_product_version(1);
  line.set_product_code(name);
  line.set_product_name(name);
  line.set_kind(kind);
  line.set_unit("seat");
  line.set_quantity("50");
  line.set_tax_code("standard");
  line.set_periods(periods);
  SetMoney(line.mutable_net_amount(), net, "EUR");
  SetMoney(line.mutable_term_total(), total, "EUR");
  return line;
}

void Recur(OrderLine* line, catalogue::v1::PeriodUnit unit, catalogue::v1::PeriodUnit term_unit,
           int term_count) {
  line->mutable_billing()->mutable_period()->set_unit(unit);
  line->mutable_billing()->mutable_period()->set_count(1);
  line->mutable_billing()->set_timing(catalogue::v1::BILLING_TIMING_ADVANCE);
  line->mutable_term()->mutable_length()->set_unit(term_unit);
  line->mutable_term()->mutable_length()->set_count(term_count);
}

// A one-off installation with a one-off purchase; a licence for each seat, monthly in advance over
// 36 months; yearly support over three years, bought yearly in USD from a supplier to be chosen.
Order Fixture::DemoOrder() {
  using namespace catalogue::v1;  // NOLINT: the catalogue's enums, in this function only
  Order order;
  order.set_id(NewId<ids::OrderId>());
  order.set_number("O-" + order.id().substr(20));
  order.set_account_id(account);
  order.set_division_id(division);
  order.set_contract_id(NewId<ids::ContractId>());
  order.set_currency("EUR");
  order.set_accepted_on("2026-01-10");
  order.set_start_on("2026-02-01");
  order.set_payment_days(14);
  order.set_time_zone("Europe/Berlin");

  OrderLine* installation = order.add_lines();
  *installation = Line("Installation", PRODUCT_KIND_ONE_OFF, "2500.00", "2500.00", 1);
  Purchasing* travel = installation->add_purchasing();
  travel->set_name("Travel");
  travel->set_supplier_id(catalogue.supplier);
  travel->set_currency("EUR");
  travel->set_unit_cost("3.5");

  OrderLine* licence = order.add_lines();
  *licence = Line("Licence", PRODUCT_KIND_RECURRING, "1450.00", "52200.00", 36);
  Recur(licence, PERIOD_UNIT_MONTH, PERIOD_UNIT_MONTH, 36);

  OrderLine* support = order.add_lines();
  *support = Line("Support", PRODUCT_KIND_RECURRING, "3000.00", "9000.00", 3);
  Recur(support, PERIOD_UNIT_YEAR, PERIOD_UNIT_YEAR, 3);
  support->set_service_level("gold");
  support->mutable_service_level_terms()->set_code("gold");
  support->mutable_service_level_terms()->set_response_minutes(30);
  Purchasing* helpdesk = support->add_purchasing();
  helpdesk->set_name("Helpdesk");
  helpdesk->set_currency("USD");
  helpdesk->set_unit_cost("12.5");
  helpdesk->mutable_period()->set_unit(PERIOD_UNIT_YEAR);
  helpdesk->mutable_period()->set_count(1);
  helpdesk->set_lead_days(30);

  int position = 0;
  for (OrderLine& line : *order.mutable_lines()) line.set_position(++position);
  SetMoney(order.mutable_term_total(), "63700.00", "EUR");
  order.mutable_control_totals()->set_count(3);
  SetMoney(order.mutable_control_totals()->add_sums(), "63700.00", "EUR");
  return order;
}

Result<void> Fixture::Accept(const Order& order) {
  quoting::v1::OrderAccepted accepted;
  accepted.set_id(order.id());
  accepted.set_account_id(order.account_id());
  *accepted.mutable_control_totals() = order.control_totals();
  return database().Work(ServiceCall(), [&](postgres::Transaction& tx) {
    return order.kind() == quoting::v1::ORDER_KIND_CHANGE ? ChangeContract(tx, accepted, order)
                                                          : CreateContract(tx, accepted, order);
  });
}

v1::Contract Contract(Fixture& fixture, const Order& order) {
  v1::GetContractRequest request;
  request.set_id(order.contract_id());
  return GetContract(fixture.database(), fixture.UserCall("GetContract"), request).value();
}

TEST_CASE("An accepted order becomes a contract, once") {
  Fixture fixture("2026-01-10T09:00:00Z");
  const Order order = fixture.DemoOrder();
  REQUIRE(fixture.Accept(order));
  REQUIRE(fixture.Accept(order));

  const v1::Contract contract = Contract(fixture, order);
  CHECK(contract.number() == "C-" + order.number().substr(2));
  CHECK(contract.status() == v1::CONTRACT_STATUS_ACTIVE);
  CHECK(contract.order_ids_size() == 1);
  CHECK(contract.order_ids(0) == order.id());
  CHECK(contract.term_total().amount() == "63700.00");
  CHECK(contract.control_totals().count() == 3);
  CHECK(contract.end_on().empty());
  REQUIRE(contract.lines_size() == 3);
  CHECK(contract.lines(1).product_name() == "Licence");
  CHECK(contract.lines(1).quantity() == "50");
  CHECK(contract.lines(1).net_amount().amount() == "1450.00");
  REQUIRE(contract.amendments_size() == 1);
  CHECK(contract.amendments(0).kind() == "activated");
  CHECK(contract.amendments(0).made_by() == "contracts");
  CHECK(fixture.Events("contract.activated") == 1);

  CHECK(fixture.Count("schedule") == 3);
  CHECK(fixture.Count("schedule_line") == 0);
  const v1::Schedule licence = fixture.Find("Licence");
  CHECK(licence.status() == v1::SCHEDULE_STATUS_PENDING);
  CHECK(licence.side() == v1::SCHEDULE_SIDE_SELL);
  CHECK(licence.term_total().amount() == "52200.00");
  CHECK(licence.agreed_start_on() == "2026-02-01");
  const v1::Schedule helpdesk = fixture.Find("Helpdesk");
  CHECK(helpdesk.side() == v1::SCHEDULE_SIDE_BUY);
  CHECK(helpdesk.amount().amount() == "625.00");
  CHECK(helpdesk.amount().currency() == "USD");
  CHECK(helpdesk.term_total().amount() == "1875.00");
  CHECK(helpdesk.supplier_id().empty());
  CHECK(helpdesk.billing().lead_days() == 30);

  // Bought once: ordered with the acceptance. The helpdesk waits for its dates.
  CHECK(fixture.Count("purchase_order") == 1);
  CHECK(fixture.One("SELECT total_minor || currency FROM purchase_order") == "17500EUR");
  CHECK(fixture.Events("purchase_order.created") == 1);
}

// The demo order's contract with its licence from February, and a change order on top of
// it, from May.
struct Changed {
  explicit Changed(Fixture& fixture) : Changed(fixture, fixture.DemoOrder()) {
    REQUIRE(fixture.Accept(sold));
    REQUIRE(fixture.Initialise(fixture.Find("Licence"), "2026-02-01"));
  }
  // The contract is there.
  Changed(Fixture& fixture, const Order& sold) : fixture(fixture), sold(sold) {
    change.set_id(NewId<ids::OrderId>());
    change.set_number("O-" + change.id().substr(20));
    change.set_kind(quoting::v1::ORDER_KIND_CHANGE);
    change.set_account_id(fixture.account);
    change.set_division_id(fixture.division);
    change.set_contract_id(sold.contract_id());
    change.set_currency("EUR");
    change.set_accepted_on("2026-04-10");
    change.set_start_on("2026-04-10");
    change.set_payment_days(14);
    change.set_time_zone("Europe/Berlin");
  }
  OrderLine& Add(const std::string& net, const std::string& total, int periods,
                 quoting::v1::ContractChangeKind kind, int changed = 1) {
    using namespace catalogue::v1;  // NOLINT: the catalogue's enums, in this function only
    OrderLine& line = *change.add_lines();
    line = Line("Remaining licence", PRODUCT_KIND_RECURRING, net, total, periods);
    Recur(&line, PERIOD_UNIT_MONTH, PERIOD_UNIT_MONTH, std::max(periods, 1));
    line.set_position(change.lines_size());
    line.set_start_on("2026-05-01");
    line.mutable_change()->set_kind(kind);
    line.mutable_change()->set_order_line_id(sold.lines(changed).id());
    line.mutable_change()->set_effective_on("2026-05-01");
    SetMoney(change.mutable_term_total(), total, "EUR");
    change.mutable_control_totals()->set_count(change.lines_size());
    change.mutable_control_totals()->clear_sums();
    SetMoney(change.mutable_control_totals()->add_sums(), total, "EUR");
    return line;
  }
  v1::RunningContract Describe(const std::string& effective_on) {
    v1::DescribeContractRequest request;
    request.set_contract_id(sold.contract_id());
    for (const OrderLine& line : sold.lines()) {
      v1::LineAsked& asked = *request.add_lines();
      asked.set_order_line_id(line.id());
      asked.set_effective_on(effective_on);
    }
    return DescribeContract(fixture.database(), fixture.ServiceCall(), request).value();
  }

  Fixture& fixture;
  Order sold;
  Order change;
};

TEST_CASE("A running contract tells what a change of it begins from") {
  Fixture fixture("2026-03-10T09:00:00Z");
  Changed changed(fixture);
  fixture.ReleaseAll();
  const v1::RunningContract contract = changed.Describe("2026-05-01");
  CHECK(contract.revision() == 2);
  CHECK(contract.order_count() == 1);
  REQUIRE(contract.lines_size() == 3);
  CHECK_FALSE(contract.lines(0).running());  // sold once
  CHECK_FALSE(contract.lines(2).running());  // no dates yet
  const v1::RunningLine& licence = contract.lines(1);
  CHECK(licence.running());
  CHECK(licence.end_on() == "2029-02-01");
  CHECK(licence.periods_left() == 33);
  CHECK(licence.open_from() == "2026-04-01");
  CHECK(licence.ended_total().amount() == "47850.00");
  CHECK(changed.Describe("").lines(1).effective_on() == "2029-02-01");
}

TEST_CASE("A change order ends a line and begins another, once") {
  Fixture fixture("2026-03-10T09:00:00Z");
  Changed changed(fixture);
  changed.Add("870.00", "28710.00", 33, quoting::v1::CONTRACT_CHANGE_KIND_REDUCE);
  v1::PreviewContractRequest preview;
  *preview.mutable_order() = changed.change;
  preview.set_before("2026-07-01");
  const auto previewed =
      PreviewContract(fixture.database(), fixture.ServiceCall(), preview).value();
  REQUIRE(previewed.ends_size() == 1);
  CHECK(previewed.ends(0).voided().amount() == "47850.00");
  CHECK(previewed.ends(0).unserved().amount() == "0.00");
  CHECK(previewed.released_size() == 2);
  CHECK(fixture.Events("schedule.cancelled") == 0);

  REQUIRE(fixture.Accept(changed.change));
  REQUIRE(fixture.Accept(changed.change));
  const v1::Contract contract = Contract(fixture, changed.sold);
  CHECK(contract.order_ids_size() == 2);
  CHECK(contract.term_total().amount() == "92410.00");
  CHECK(contract.control_totals().count() == 4);
  REQUIRE(contract.lines_size() == 4);
  CHECK(contract.lines(1).ended_on() == "2026-05-01");
  CHECK(contract.lines(1).ended_by_order_id() == changed.change.id());
  CHECK(contract.lines(3).product_name() == "Remaining licence");
  CHECK(contract.lines(3).ended_on().empty());
  const v1::Schedule ended = fixture.Find("Licence");
  CHECK(ended.status() == v1::SCHEDULE_STATUS_CANCELLED);
  CHECK(ended.end_on() == "2026-05-01");
  CHECK(ended.term_total().amount() == "4350.00");
  const v1::Schedule begun = fixture.Find("Remaining licence");
  CHECK(begun.status() == v1::SCHEDULE_STATUS_INITIALISED);
  CHECK(begun.start_on() == "2026-05-01");
  CHECK(begun.end_on() == "2029-02-01");
  CHECK(fixture.Events("schedule.cancelled") == 1);
  CHECK(fixture.Events("contract.amended") == 1);
  CHECK(fixture.Events("contract.terminated") == 0);
}

TEST_CASE("A reduced line buys nothing again; an addition buys for what is added") {
  Fixture fixture("2026-03-10T09:00:00Z");
  Changed changed(fixture);
  const auto kind = GENERATE(quoting::v1::CONTRACT_CHANGE_KIND_REDUCE,
                             quoting::v1::CONTRACT_CHANGE_KIND_ADD);
  OrderLine& line = changed.Add("145.00", "4785.00", 33, kind);
  *line.mutable_purchasing() = changed.sold.lines(2).purchasing();
  REQUIRE(fixture.Accept(changed.change));
  const bool adds = kind == quoting::v1::CONTRACT_CHANGE_KIND_ADD;
  CHECK(fixture.Count("schedule WHERE side = 'buy'") == (adds ? 2 : 1));
}

TEST_CASE("A contract whose lines all end is terminated") {
  Fixture fixture("2026-03-10T09:00:00Z");
  Changed changed(fixture);
  changed.Add("0.00", "0.00", 0, quoting::v1::CONTRACT_CHANGE_KIND_TERMINATE);
  REQUIRE(fixture.Initialise(fixture.Find("Support"), "2026-02-01"));
  REQUIRE(fixture.Cancel(fixture.Find("Support"), "2026-02-01"));
  REQUIRE(fixture.Accept(changed.change));
  CHECK(Contract(fixture, changed.sold).status() == v1::CONTRACT_STATUS_TERMINATED);
  CHECK(fixture.One("SELECT data::json->>'last_day' FROM event_log WHERE type = 'contract.terminated'") ==
        "2026-04-30");
  CHECK(fixture.Count("schedule WHERE description = 'Remaining licence'") == 0);
}

TEST_CASE("A change of a line that somebody ended meanwhile waits for people") {
  Fixture fixture("2026-03-10T09:00:00Z");
  Changed changed(fixture);
  changed.Add("870.00", "28710.00", 33, quoting::v1::CONTRACT_CHANGE_KIND_REDUCE);
  REQUIRE(fixture.Cancel(fixture.Find("Licence"), "2026-04-01"));
  CHECK(ReasonOf(fixture.Accept(changed.change)) == "SCHEDULE_ENDED");
  CHECK(fixture.Count("contract_order") == 1);
}

TEST_CASE("An order that lost a line on the way makes no contract") {
  Fixture fixture("2026-01-10T09:00:00Z");
  Order order = fixture.DemoOrder();
  order.mutable_lines()->RemoveLast();
  CHECK(ReasonOf(fixture.Accept(order)) == "CONTROL_TOTALS_DIFFER");
  CHECK(fixture.Count("contract") == 0);
}

TEST_CASE("A back-to-back purchase is ordered with the sale, one order for each supplier") {
  Fixture fixture("2026-01-10T09:00:00Z");
  Order order = fixture.DemoOrder();
  auto* helpdesk = order.mutable_lines(2)->mutable_purchasing(0);
  helpdesk->set_back_to_back(true);
  helpdesk->set_supplier_id(fixture.catalogue.supplier);
  auto* spare = order.mutable_lines(2)->add_purchasing();
  spare->set_name("Spare parts");
  spare->set_supplier_id(fixture.catalogue.supplier);
  spare->set_currency("EUR");
  spare->set_unit_cost("1");
  REQUIRE(fixture.Accept(order));
  CHECK(fixture.One("SELECT string_agg(total_minor || currency, ' ' ORDER BY currency) "
                    "FROM purchase_order") == "22500EUR 187500USD");
  REQUIRE(fixture.Initialise(fixture.Find("Helpdesk"), "2026-02-15"));
  CHECK(fixture.Count("purchase_order") == 2);
}

TEST_CASE("A line that starts with the acceptance has its dates at once") {
  Fixture fixture("2026-01-10T09:00:00Z");
  Order order = fixture.DemoOrder();
  order.mutable_lines(1)->mutable_billing()->set_initialise(
      catalogue::v1::INITIALISE_ON_ACCEPTANCE);
  REQUIRE(fixture.Accept(order));
  const v1::Schedule licence = fixture.Find("Licence");
  CHECK(licence.status() == v1::SCHEDULE_STATUS_INITIALISED);
  CHECK(licence.start_on() == "2026-02-01");
  CHECK(licence.end_on() == "2029-02-01");
  CHECK(fixture.Count("schedule_line") == 36);
  CHECK(fixture.Events("schedule.initialised") == 1);
  CHECK(Contract(fixture, order).end_on() == "2029-02-01");
}

TEST_CASE("Initialising makes all lines; repeating it answers the same") {
  Fixture fixture("2026-01-10T09:00:00Z");
  REQUIRE(fixture.Accept(fixture.DemoOrder()));
  const v1::Schedule licence = fixture.Find("Licence");
  v1::InitialiseScheduleRequest request;
  request.set_id(licence.id());
  request.set_start_on("2026-01-31");
  rpc::Call call = fixture.UserCall("InitialiseSchedule");
  call.if_match = "7";
  CHECK(ReasonOf(InitialiseSchedule(fixture.database(), fixture.catalogue, call, request)) ==
        "ETAG_MISMATCH");
  call.if_match = std::to_string(licence.revision());
  const auto first = InitialiseSchedule(fixture.database(), fixture.catalogue, call, request);
  REQUIRE(first);
  CHECK(first->status() == v1::SCHEDULE_STATUS_INITIALISED);
  CHECK(first->revision() == licence.revision() + 1);
  const auto repeated = InitialiseSchedule(fixture.database(), fixture.catalogue, call, request);
  REQUIRE(repeated);
  CHECK(repeated->SerializeAsString() == first->SerializeAsString());
  CHECK(fixture.Events("schedule.initialised") == 1);
  CHECK(ReasonOf(fixture.Initialise(licence, "2026-02-01")) == "SCHEDULE_NOT_PENDING");
  CHECK(ReasonOf(fixture.Initialise(licence, "2026-02-01", fixture.catalogue.supplier)) ==
        "SCHEDULE_NOT_PENDING");

  v1::ListScheduleLinesRequest list;
  list.set_schedule_id(licence.id());
  list.set_sort("sequence");
  list.set_limit(3);
  const auto lines =
      ListScheduleLines(fixture.database(), fixture.UserCall("ListScheduleLines"), list).value();
  REQUIRE(lines.data_size() == 3);
  CHECK(lines.has_more());
  CHECK(lines.data(1).period_start() == "2026-02-28");
  CHECK(lines.data(1).period_end() == "2026-03-31");
  CHECK(lines.data(1).state() == v1::SCHEDULE_LINE_STATE_PENDING);
  CHECK(lines.data(1).amount().amount() == "1450.00");
}

TEST_CASE("The buy side has its own supplier and dates, and is ordered then") {
  Fixture fixture("2026-01-10T09:00:00Z");
  REQUIRE(fixture.Accept(fixture.DemoOrder()));
  const v1::Schedule helpdesk = fixture.Find("Helpdesk");
  CHECK(ReasonOf(fixture.Initialise(helpdesk, "2026-02-15")) == "SCHEDULE_NEEDS_SUPPLIER");
  CHECK(ReasonOf(fixture.Initialise(helpdesk, "2026-02-15", NewId<ids::SupplierId>())) ==
        "REFERENCE_NOT_FOUND");
  const auto initialised =
      fixture.Initialise(helpdesk, "2026-02-15", fixture.catalogue.supplier).value();
  CHECK(initialised.supplier_id() == fixture.catalogue.supplier);
  CHECK(initialised.term_total().amount() == "1875.00");
  CHECK(fixture.Count("purchase_order") == 2);
  CHECK(fixture.One("SELECT min(release_on)::text FROM schedule_line") == "2026-01-16");

  // The dates are taken back: nothing is ordered a second time, and what was planned is kept.
  const std::string planned = fixture.One(
      "SELECT count(*) || ' ' || sum(amount_minor) || ' ' || min(period_start) FROM schedule_line");
  REQUIRE(fixture.Uninitialise(initialised));
  CHECK(fixture.Count("schedule_line") == 0);
  CHECK(fixture.One("SELECT count(*) || ' ' || sum(amount_minor) || ' ' || min(period_start) "
                    "FROM withdrawn_schedule_line WHERE known_at <= withdrawn_at") == planned);
  CHECK(ReasonOf(fixture.Uninitialise(initialised)) == "SCHEDULE_NOT_INITIALISED");
  REQUIRE(fixture.Initialise(helpdesk, "2026-03-01"));
  CHECK(fixture.Count("purchase_order") == 2);
  CHECK(fixture.Count("contract_amendment") == 4);
  CHECK(fixture.Events("schedule.uninitialised") == 1);
}

TEST_CASE("Lines are released at the start of their local day, overdue ones all at once") {
  Fixture fixture("2026-04-29T21:59:59Z");
  const Order order = fixture.DemoOrder();
  REQUIRE(fixture.Accept(order));
  CHECK(fixture.NextDue().empty());
  CHECK(fixture.ReleaseAll() == 0);
  REQUIRE(fixture.Initialise(fixture.Find("Licence"), "2026-01-30"));
  CHECK(fixture.NextDue() == "2026-01-29T23:00:00Z");

  // 30 January, 28 February and 30 March are overdue; 30 April has not begun in Berlin.
  CHECK(fixture.ReleaseAll() == 1);
  CHECK(fixture.Count("schedule_line_release") == 3);
  CHECK(fixture.Count("release_batch") == 1);
  CHECK(fixture.Events("release_batch.created") == 1);
  CHECK(fixture.NextDue() == "2026-04-29T22:00:00Z");
  const v1::Schedule licence = fixture.Find("Licence");
  CHECK(licence.status() == v1::SCHEDULE_STATUS_RUNNING);
  CHECK(ReasonOf(fixture.Uninitialise(licence)) == "SCHEDULE_ALREADY_RELEASED");

  const auto batches =
      ListReleaseBatches(fixture.database(), fixture.UserCall("ListReleaseBatches"), {}).value();
  REQUIRE(batches.data_size() == 1);
  v1::GetReleaseBatchRequest request;
  request.set_id(batches.data(0).id());
  const auto batch = GetReleaseBatch(fixture.database(), fixture.ServiceCall(), request).value();
  CHECK(batch.account_id() == order.account_id());
  CHECK(batch.released_on() == "2026-04-29");
  CHECK(batch.control_totals().count() == 3);
  CHECK(batch.control_totals().sums(0).amount() == "4350.00");
  REQUIRE(batch.lines_size() == 3);
  CHECK(batch.lines(1).period_start() == "2026-02-28");
  CHECK(batch.lines(1).period_end() == "2026-03-30");
  CHECK(batch.lines(1).amount().amount() == "1450.00");
  CHECK(batch.lines(1).payment_days() == 14);
  CHECK(batch.lines(1).tax_code() == "standard");
  CHECK(batch.lines(1).order_line_id() == order.lines(1).id());

  fixture.test.SetClock("contracts", "2026-04-29T22:00:00Z");
  CHECK(fixture.ReleaseAll() == 1);
  CHECK(fixture.Count("schedule_line_release") == 4);
}

TEST_CASE("A long backlog is released in slices, and a schedule ends with its last line") {
  Fixture fixture("2030-01-01T12:00:00Z");
  REQUIRE(fixture.Accept(fixture.DemoOrder()));
  REQUIRE(fixture.Initialise(fixture.Find("Licence"), "2026-01-01"));
  REQUIRE(fixture.Initialise(fixture.Find("Support"), "2026-01-01"));
  REQUIRE(fixture.Initialise(fixture.Find("Helpdesk"), "2026-01-01", fixture.catalogue.supplier));
  CHECK(fixture.ReleaseAll(10) == 5);  // 36 + 3 + 3 lines
  CHECK(fixture.NextDue().empty());
  CHECK(fixture.Count("schedule WHERE status = 'ended'") == 3);
  // Bought lines are released and nobody is billed for them.
  CHECK(fixture.Count("schedule_line_release WHERE release_batch_id IS NULL") == 3);
  CHECK(fixture.One("SELECT sum((control_totals->>'count')::int) FROM release_batch") == "39");
  CHECK(fixture.One("SELECT sum((control_totals->'sums'->0->>'amount')::numeric) "
                    "FROM release_batch") == "61200.00");
}

TEST_CASE("A cancelled schedule keeps what was served") {
  Fixture fixture("2026-03-10T12:00:00Z");
  REQUIRE(fixture.Accept(fixture.DemoOrder()));
  const v1::Schedule pending = fixture.Find("Licence");
  CHECK(ReasonOf(fixture.Cancel(pending, "2026-06-01")) == "SCHEDULE_NOT_INITIALISED");
  REQUIRE(fixture.Initialise(pending, "2026-02-01"));
  fixture.ReleaseAll();
  CHECK(ReasonOf(fixture.Cancel(pending, "2029-02-01")) == "CANCEL_OUTSIDE_SCHEDULE");
  const auto cancelled = fixture.Cancel(pending, "2026-04-16").value();
  CHECK(cancelled.status() == v1::SCHEDULE_STATUS_CANCELLED);
  CHECK(cancelled.end_on() == "2026-04-16");
  CHECK(cancelled.term_total().amount() == "3625.00");  // two released, half of April
  CHECK(fixture.Count("schedule_line_void") == 34);
  CHECK(fixture.Events("schedule.cancelled") == 1);
  CHECK(ReasonOf(fixture.Cancel(pending, "2026-04-01")) == "SCHEDULE_ENDED");
  CHECK(ReasonOf(fixture.Uninitialise(pending)) == "SCHEDULE_ENDED");

  fixture.test.SetClock("contracts", "2027-01-01T12:00:00Z");
  fixture.ReleaseAll();
  CHECK(fixture.Count("schedule_line_release") == 3);
  CHECK(fixture.Find("Licence").status() == v1::SCHEDULE_STATUS_CANCELLED);
}

TEST_CASE("A release and a cancellation never both have a line") {
  Fixture fixture("2028-01-01T12:00:00Z");
  REQUIRE(fixture.Accept(fixture.DemoOrder()));
  const v1::Schedule licence = fixture.Find("Licence");
  REQUIRE(fixture.Initialise(licence, "2026-02-01"));
  std::atomic<bool> cancelled = false;
  std::thread canceller([&] {
    while (!fixture.Cancel(licence, "2027-03-10")) {
    }
    cancelled = true;
  });
  while (!cancelled) static_cast<void>(ReleaseSlice(fixture.database(), fixture.ServiceCall(), 2));
  canceller.join();
  fixture.ReleaseAll();
  CHECK(fixture.Count("open_schedule_line") == 0);
  CHECK(fixture.Count("schedule_line_release JOIN schedule_line_void USING (schedule_line_id)") ==
        0);
  CHECK(fixture.One("SELECT sum(amount_minor) FROM schedule_line JOIN schedule_line_release "
                    "ON schedule_line_id = id") ==
        fixture.One("SELECT term_total_minor FROM schedule WHERE description = 'Licence'"));
}

TEST_CASE("Purchase orders are confirmed by their supplier") {
  Fixture fixture("2026-01-10T23:30:00Z");
  Order order = fixture.DemoOrder();
  order.mutable_lines(0)->mutable_purchasing(0)->clear_supplier_id();
  REQUIRE(fixture.Accept(order));
  const auto listed =
      ListPurchaseOrders(fixture.database(), fixture.UserCall("ListPurchaseOrders"), {}).value();
  REQUIRE(listed.data_size() == 1);
  CHECK(listed.data(0).status() == v1::PURCHASE_ORDER_STATUS_OPEN);
  v1::ConfirmPurchaseOrderRequest request;
  request.set_id(listed.data(0).id());
  const auto confirm = [&] {
    return ConfirmPurchaseOrder(fixture.database(), fixture.catalogue,
                                fixture.UserCall("ConfirmPurchaseOrder"), request);
  };
  CHECK(ReasonOf(confirm()) == "PURCHASE_ORDER_NEEDS_SUPPLIER");
  request.set_supplier_id(fixture.catalogue.supplier);
  const auto confirmed = confirm();
  REQUIRE(confirmed);
  CHECK(confirmed->status() == v1::PURCHASE_ORDER_STATUS_CONFIRMED);
  CHECK(confirmed->confirmed_on() == "2026-01-11");  // in Berlin
  REQUIRE(confirmed->lines_size() == 1);
  CHECK(confirmed->lines(0).unit_cost() == "3.5");
  CHECK(confirmed->lines(0).cost().amount() == "175.00");
  CHECK(ReasonOf(confirm()) == "PURCHASE_ORDER_NOT_OPEN");
  CHECK(fixture.Events("purchase_order.confirmed") == 1);
}

TEST_CASE("Reports, forecasts, entitlements and the release list") {
  Fixture fixture("2026-03-10T12:00:00Z");
  const Order order = fixture.DemoOrder();
  REQUIRE(fixture.Accept(order));
  REQUIRE(fixture.Initialise(fixture.Find("Licence"), "2026-02-01"));
  REQUIRE(fixture.Initialise(fixture.Find("Helpdesk"), "2026-02-15", fixture.catalogue.supplier));
  postgres::Database& database = fixture.database();

  SECTION("the release list shows what is due by a day") {
    v1::GetReleaseListRequest request;
    request.set_on("2026-04-30");
    request.set_side(v1::SCHEDULE_SIDE_SELL);
    const auto list = GetReleaseList(database, fixture.UserCall("GetReleaseList"), request).value();
    CHECK(list.data_size() == 3);
    CHECK(list.data(0).description() == "Licence");
  }
  SECTION("the schedule report adds up; the customer's hides what is bought") {
    fixture.ReleaseAll();
    v1::GetScheduleReportRequest request;
    request.set_contract_id(order.contract_id());
    const auto report =
        GetScheduleReport(database, fixture.UserCall("GetScheduleReport"), request).value();
    REQUIRE(report.schedules_size() == 3);
    CHECK(report.schedules(0).lines_size() == 36);
    CHECK(report.schedules(2).schedule().description() == "Helpdesk");
    REQUIRE(report.totals_size() == 2);
    CHECK(report.totals(0).pending().amount() == "9000.00");
    CHECK(report.totals(0).released().amount() == "2900.00");
    CHECK(report.totals(0).open().amount() == "49300.00");
    CHECK(report.totals(1).currency() == "USD");
    request.set_audience(v1::REPORT_AUDIENCE_CUSTOMER);
    const auto page =
        GetScheduleReportPage(database, fixture.UserCall("GetScheduleReportPage"), request).value();
    CHECK(page.content_type() == "text/html; charset=utf-8");
    CHECK(page.data().find("Licence") != std::string::npos);
    CHECK(page.data().find("Helpdesk") == std::string::npos);
  }
  SECTION("the forecast has both directions by month and currency, pending apart") {
    v1::GetCashFlowForecastRequest request;
    request.set_from("2026-02-01");
    request.set_to("2026-04-01");
    const auto forecast =
        GetCashFlowForecast(database, fixture.UserCall("GetCashFlowForecast"), request).value();
    REQUIRE(forecast.months_size() == 3);
    CHECK(forecast.months(0).month() == "2026-02");
    CHECK(forecast.months(0).inflow().amount() == "1450.00");
    CHECK(forecast.months(1).currency() == "USD");
    CHECK(forecast.months(1).net().amount() == "-625.00");
    REQUIRE(forecast.pending_size() == 1);
    CHECK(forecast.pending(0).inflow().amount() == "9000.00");
    request.set_to("2026-02-01");
    CHECK(ReasonOf(GetCashFlowForecast(database, fixture.UserCall("GetCashFlowForecast"),
                                       request)) == "NOT_AFTER_FROM");
  }
  SECTION("an entitlement holds from the first day until before the last") {
    REQUIRE(fixture.Initialise(fixture.Find("Support"), "2026-02-01"));
    v1::ListEntitlementsRequest request;
    request.set_account_id(order.account_id());
    const auto on = [&](const std::string& day) {
      request.set_on(day);
      return ListEntitlements(database, fixture.UserCall("ListEntitlements"), request).value();
    };
    CHECK(on("2026-01-31").data_size() == 0);
    CHECK(on("2029-02-01").data_size() == 0);
    const auto served = on("2029-01-31");
    REQUIRE(served.data_size() == 2);
    const auto& support = served.data(0).description() == "Support" ? served.data(0)
                                                                    : served.data(1);
    CHECK(support.service_level() == "gold");
    CHECK(support.service_level_terms().response_minutes() == 30);
  }
}

TEST_CASE("Contracts and what belongs to them are seen by those who are responsible") {
  Fixture fixture("2026-03-10T12:00:00Z");
  const Order order = fixture.DemoOrder();
  REQUIRE(fixture.Accept(order));
  rpc::Call stranger = fixture.UserCall("ListContracts");
  stranger.principal.sees_all = false;
  const auto seen = [&](const rpc::Call& call) {
    return ListContracts(fixture.database(), call, {}).value().data_size();
  };
  CHECK(seen(stranger) == 0);
  stranger.method = "/continuo.contracts.v1.ContractsService/InitialiseSchedule";
  v1::InitialiseScheduleRequest request;
  request.set_id(fixture.Find("Licence").id());
  request.set_start_on("2026-02-01");
  CHECK(ReasonOf(InitialiseSchedule(fixture.database(), fixture.catalogue, stranger, request)) ==
        "NOT_FOUND");
  rpc::Call elsewhere = fixture.UserCall("ListContracts");
  elsewhere.principal.division_ids = {NewId<ids::DivisionId>()};
  CHECK(seen(elsewhere) == 0);
  elsewhere.principal.division_ids = {order.division_id()};
  CHECK(seen(elsewhere) == 1);
}

TEST_CASE("Every statement prepares against the schema") {
  Fixture fixture("2026-03-10T12:00:00Z");
  for (const postgres::Statement* statement : sql::statements()) {
    CAPTURE(statement->name);
    CHECK_NOTHROW(fixture.test.Execute("SET search_path = contracts; PREPARE s AS " +
                                       std::string(statement->text) + "; DEALLOCATE s"));
  }
}

TEST_CASE("The life of a contract runs every statement") {
  Fixture fixture("2026-03-10T12:00:00Z");
  const Order order = fixture.DemoOrder();
  REQUIRE(fixture.Accept(order));
  REQUIRE(fixture.Initialise(fixture.Find("Licence"), "2026-02-01"));
  REQUIRE(fixture.Uninitialise(fixture.Find("Licence")));
  REQUIRE(fixture.Initialise(fixture.Find("Licence"), "2026-02-01"));
  REQUIRE(fixture.Initialise(fixture.Find("Helpdesk"), "2026-02-01", fixture.catalogue.supplier));
  fixture.ReleaseAll();
  REQUIRE(fixture.Cancel(fixture.Find("Licence"), "2026-09-01"));
  v1::ListAmendmentsRequest amendments;
  amendments.set_contract_id(order.contract_id());
  const auto listed =
      ListAmendments(fixture.database(), fixture.UserCall("ListAmendments"), amendments).value();
  CHECK(listed.data_size() == 6);
  v1::GetReleaseBatchRequest batch;
  batch.set_id(ListReleaseBatches(fixture.database(), fixture.UserCall("ListReleaseBatches"), {})
                   .value()
                   .data(0)
                   .id());
  REQUIRE(GetReleaseBatch(fixture.database(), fixture.ServiceCall(), batch));
  v1::GetScheduleRequest schedule;
  schedule.set_id(fixture.Find("Licence").id());
  REQUIRE(GetSchedule(fixture.database(), fixture.UserCall("GetSchedule"), schedule));
  v1::ListEntitlementsRequest entitlements;
  entitlements.set_account_id(order.account_id());
  REQUIRE(
      ListEntitlements(fixture.database(), fixture.UserCall("ListEntitlements"), entitlements));
  REQUIRE(GetReleaseList(fixture.database(), fixture.UserCall("GetReleaseList"), {}));
  REQUIRE(ListScheduleLines(fixture.database(), fixture.UserCall("ListScheduleLines"), {}));
  REQUIRE(GetCashFlowForecast(fixture.database(), fixture.UserCall("GetCashFlowForecast"), {}));
  v1::GetScheduleReportRequest report;
  report.set_contract_id(order.contract_id());
  REQUIRE(GetScheduleReport(fixture.database(), fixture.UserCall("GetScheduleReport"), report));
  CHECK(Contract(fixture, order).amendments_size() == 6);
  v1::ConfirmPurchaseOrderRequest confirm;
  confirm.set_id(ListPurchaseOrders(fixture.database(), fixture.UserCall("ListPurchaseOrders"), {})
                     .value()
                     .data(0)
                     .id());
  REQUIRE(ConfirmPurchaseOrder(fixture.database(), fixture.catalogue,
                               fixture.UserCall("ConfirmPurchaseOrder"), confirm));
  v1::GetPurchaseOrderRequest purchase;
  purchase.set_id(confirm.id());
  REQUIRE(GetPurchaseOrder(fixture.database(), fixture.UserCall("GetPurchaseOrder"), purchase));
  fixture.NextDue();
  REQUIRE(fixture.Initialise(fixture.Find("Support"), "2026-05-01"));
  Changed changed(fixture, order);
  changed.Describe("2026-05-01");
  changed.Add("0.00", "0.00", 0, quoting::v1::CONTRACT_CHANGE_KIND_TERMINATE, 2);
  REQUIRE(fixture.Accept(changed.change));

  for (const postgres::Statement* statement : sql::statements()) {
    // A list's statement is wrapped into another text and counted under that.
    static const std::set<std::string_view> kOnlyInLists = {"select_schedule_line",
                                                            "select_release_list",
                                                            "select_entitlement"};
    if (kOnlyInLists.contains(statement->name)) continue;
    CAPTURE(statement->name);
    CHECK(fixture.statements_run.contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::contracts::app
