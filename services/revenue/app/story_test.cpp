#include "services/revenue/app/story_test.h"

#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/money/money.h"
#include "libs/testing/catch/catch.h"
#include "services/revenue/app/accounting_periods.h"
#include "services/revenue/app/follow_schedule.h"
#include "services/revenue/app/performance_obligations.h"
#include "services/revenue/app/post_documents.h"
#include "services/revenue/app/post_payment.h"
#include "services/revenue/app/recognise.h"
#include "services/revenue/app/revenue_contracts.h"
#include "services/revenue/app/take_order.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using money::Money;
using postgres::Transaction;

template <class Id>
std::string NewId() {
  return Id::New().ToString();
}

Money Eur(const std::string& amount) { return Money::Parse(amount, "EUR").value(); }

void SetMoney(type::v1::Money* money, const std::string& amount) {
  money->set_amount(amount);
  money->set_currency("EUR");
}

// The lines, their totals and the document's own.
template <class Document>
void Fill(Document* document, const std::vector<BilledLine>& lines, const std::string& tax) {
  Money net = Eur("0.00");
  for (const BilledLine& billed : lines) {
    auto* line = document->add_lines();
    line->set_contract_id(billed.order.contract_id());
    line->set_order_id(billed.order.id());
    line->set_order_line_id(billed.order.lines(billed.line).id());
    SetMoney(line->mutable_net(), billed.net);
    net += Eur(billed.net);
  }
  document->mutable_control_totals()->set_count(document->lines_size());
  SetMoney(document->mutable_control_totals()->add_sums(), net.AmountText());
  SetMoney(document->mutable_net(), net.AmountText());
  SetMoney(document->mutable_tax(), tax);
  SetMoney(document->mutable_total(), (net + Eur(tax)).AmountText());
}

std::string UuidOf(const std::string& id) {
  return postgres::IdOrNull(id.substr(0, id.find('_')), id).text().value();
}

}  // namespace

std::set<std::string>& StatementsRun() {
  static std::set<std::string> names;
  return names;
}

std::string Text(const type::v1::Money& money) { return money.amount() + " " + money.currency(); }

Story::Story(const std::string& now)
    : account(NewId<ids::AccountId>()), division(NewId<ids::DivisionId>()) {
  test.Migrate("revenue", {events::Migrations(), access::Migrations(), sql::migrations()});
  test.SetClock("revenue", now);
  postgres::DatabaseConfig config = test.Config("revenue");
  config.on_statement = [](const postgres::Statement& statement, std::chrono::nanoseconds) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    StatementsRun().insert(std::string(statement.name));
  };
  database = std::make_unique<postgres::Database>(config);
}

rpc::Call Story::ServiceCall() { return rpc::Call::AsService("revenue", NewId<ids::RequestId>()); }

rpc::Call Story::UserCall(const std::string& method) {
  rpc::Call call;
  call.principal.user_id = user;
  call.principal.sees_all = true;
  call.method = "/continuo.revenue.v1.RevenueService/" + method;
  call.request_id = NewId<ids::RequestId>();
  call.idempotency_key = call.request_id;
  call.fingerprint = "the same";
  return call;
}

void Story::At(const std::string& now) {
  test.SetClock("revenue", now);
  for (;;) {
    const auto next = database->Work(ServiceCall(), NextRevenueAt);
    REQUIRE(next);
    const auto more = RecogniseRevenue(app(), ServiceCall());
    REQUIRE(more);
    if (!*more) return;
  }
}

quoting::v1::Order Story::NewOrder(const std::vector<SoldLine>& lines,
                                   const std::string& accepted_on) {
  quoting::v1::Order order;
  order.set_id(NewId<ids::OrderId>());
  order.set_account_id(account);
  order.set_division_id(division);
  order.set_contract_id(NewId<ids::ContractId>());
  order.set_currency("EUR");
  order.set_time_zone("Europe/Berlin");
  order.set_accepted_on(accepted_on);
  Money total = Eur("0.00");
  for (const SoldLine& sold : lines) {
    auto* line = order.add_lines();
    line->set_id(NewId<ids::OrderLineId>());
    line->set_position(order.lines_size());
    line->set_product_name("Product " + std::to_string(order.lines_size()));
    line->set_kind(sold.one_off ? catalogue::v1::PRODUCT_KIND_ONE_OFF
                                : catalogue::v1::PRODUCT_KIND_RECURRING);
    line->set_revenue_rule(sold.rule);
    SetMoney(line->mutable_term_total(), sold.sold);
    SetMoney(line->mutable_ssp_total(), sold.ssp.empty() ? sold.sold : sold.ssp);
    total += Eur(sold.sold);
  }
  order.mutable_control_totals()->set_count(order.lines_size());
  SetMoney(order.mutable_control_totals()->add_sums(), total.AmountText());
  return order;
}

Result<void> Story::Take(const quoting::v1::Order& order) {
  return database->Work(ServiceCall(), [&](Transaction& tx) {
    return TakeOrder(tx, order, order.control_totals());
  });
}

quoting::v1::Order Story::Accept(const std::vector<SoldLine>& lines,
                                 const std::string& accepted_on) {
  const quoting::v1::Order order = NewOrder(lines, accepted_on);
  REQUIRE(Take(order));
  return order;
}

Taken Story::Initialise(const quoting::v1::Order& order, int line, const std::string& start_on,
                        const std::string& end_on, int64_t revision) {
  contracts::v1::ScheduleInitialised fact;
  fact.set_revision(revision);
  fact.set_order_id(order.id());
  fact.set_order_line_id(order.lines(line).id());
  fact.set_side("sell");
  fact.set_start_on(start_on);
  fact.set_end_on(end_on);
  const auto taken = database->Work(
      ServiceCall(), [&](Transaction& tx) { return FollowInitialised(tx, fact); });
  REQUIRE(taken);
  return *taken;
}

Taken Story::Uninitialise(const quoting::v1::Order& order, int line, int64_t revision) {
  contracts::v1::ScheduleUninitialised fact;
  fact.set_revision(revision);
  fact.set_order_line_id(order.lines(line).id());
  fact.set_side("sell");
  const auto taken = database->Work(
      ServiceCall(), [&](Transaction& tx) { return FollowUninitialised(tx, fact); });
  REQUIRE(taken);
  return *taken;
}

Taken Story::Cancel(const quoting::v1::Order& order, int line, const std::string& end_on,
                    const std::string& voided, const std::string& unserved, int64_t revision) {
  contracts::v1::ScheduleCancelled fact;
  fact.set_revision(revision);
  fact.set_order_id(order.id());
  fact.set_order_line_id(order.lines(line).id());
  fact.set_side("sell");
  fact.set_end_on(end_on);
  SetMoney(fact.mutable_voided(), voided);
  SetMoney(fact.mutable_unserved(), unserved);
  const auto taken = database->Work(
      ServiceCall(), [&](Transaction& tx) { return FollowCancelled(tx, fact); });
  REQUIRE(taken);
  return *taken;
}

billing::v1::Invoice Story::NewInvoice(const std::vector<BilledLine>& lines,
                                       const std::string& tax, const std::string& issued_on) {
  billing::v1::Invoice invoice;
  invoice.set_id(NewId<ids::InvoiceId>());
  invoice.set_account_id(account);
  invoice.set_division_id(division);
  invoice.set_issued_on(issued_on);
  Fill(&invoice, lines, tax);
  return invoice;
}

Result<Taken> Story::Post(const billing::v1::Invoice& invoice) {
  return database->Work(ServiceCall(), [&](Transaction& tx) {
    return PostInvoice(tx, invoice, invoice.control_totals());
  });
}

billing::v1::Invoice Story::Bill(const std::vector<BilledLine>& lines, const std::string& tax,
                                 const std::string& issued_on) {
  const billing::v1::Invoice invoice = NewInvoice(lines, tax, issued_on);
  const auto taken = Post(invoice);
  REQUIRE(taken);
  REQUIRE(taken->awaits.empty());
  return invoice;
}

billing::v1::CreditNote Story::NewCreditNote(const billing::v1::Invoice& invoice,
                                             const std::vector<BilledLine>& lines,
                                             const std::string& tax,
                                             const std::string& issued_on) {
  billing::v1::CreditNote note;
  note.set_id(NewId<ids::CreditNoteId>());
  note.set_invoice_id(invoice.id());
  note.set_account_id(account);
  note.set_division_id(division);
  note.set_issued_on(issued_on);
  Fill(&note, lines, tax);
  return note;
}

Result<Taken> Story::Post(const billing::v1::CreditNote& note) {
  return database->Work(ServiceCall(), [&](Transaction& tx) {
    return PostCreditNote(tx, note, note.control_totals());
  });
}

billing::v1::Payment Story::NewPayment(const std::string& amount, const std::string& received_on) {
  billing::v1::Payment payment;
  payment.set_id(NewId<ids::PaymentId>());
  payment.set_account_id(account);
  SetMoney(payment.mutable_amount(), amount);
  payment.set_received_on(received_on);
  payment.set_status(billing::v1::PAYMENT_STATUS_RECEIVED);
  return payment;
}

void Story::Allocate(billing::v1::Payment* payment, const billing::v1::Invoice& invoice,
                     const std::string& amount, const std::string& on) {
  auto* allocation = payment->add_allocations();
  allocation->set_id(NewId<ids::AllocationId>());
  allocation->set_invoice_id(invoice.id());
  allocation->set_effective_on(on);
  SetMoney(allocation->mutable_amount(), amount);
}

Result<Taken> Story::Post(const billing::v1::Payment& payment) {
  return database->Work(ServiceCall(),
                        [&](Transaction& tx) { return PostPayment(tx, payment); });
}

v1::RevenueContract Story::Contract(const quoting::v1::Order& order) {
  v1::ListRevenueContractsRequest request;
  request.set_order_id(order.id());
  const auto listed = ListRevenueContracts(app(), UserCall("ListRevenueContracts"), request);
  REQUIRE(listed);
  REQUIRE(listed->data_size() == 1);
  return listed->data(0);
}

std::string Story::Recognised(const quoting::v1::Order& order) {
  return Text(Contract(order).recognised());
}

v1::Balance Story::Balance(const quoting::v1::Order& order, const std::string& as_of) {
  v1::ListBalancesRequest request;
  request.set_contract_id(order.contract_id());
  request.set_as_of(as_of);
  const auto listed = ListBalances(app(), UserCall("ListBalances"), request);
  REQUIRE(listed);
  REQUIRE(listed->data_size() == 1);
  return listed->data(0);
}

v1::PerformanceObligation Story::Obligation(const quoting::v1::Order& order, int line) {
  v1::ListPerformanceObligationsRequest list;
  list.set_order_line_id(order.lines(line).id());
  const auto listed =
      ListPerformanceObligations(app(), UserCall("ListPerformanceObligations"), list);
  REQUIRE(listed);
  REQUIRE(listed->data_size() == 1);
  v1::GetPerformanceObligationRequest get;
  get.set_id(listed->data(0).id());
  return GetPerformanceObligation(app(), UserCall("GetPerformanceObligation"), get).value();
}

std::string Story::Earned(const quoting::v1::Order& order, int line) {
  v1::ListRevenueWaterfallRequest request;
  request.set_performance_obligation_id(Obligation(order, line).id());
  request.set_sort("month");
  request.set_limit(100);
  const auto listed = ListRevenueWaterfall(app(), UserCall("ListRevenueWaterfall"), request);
  REQUIRE(listed);
  std::string text;
  for (const v1::RevenueWaterfallEntry& entry : listed->data()) {
    if (entry.recognised().amount() == "0.00") continue;
    text += (text.empty() ? "" : ", ") + entry.month().substr(0, 7) + " " +
            entry.recognised().amount();
  }
  return text;
}

std::string Story::LastEntry(const std::string& kind) {
  return One("SELECT string_agg(ledger_account || ' ' || ((debit_minor - credit_minor) / "
             "100.0)::numeric(18,2), ' | ' ORDER BY position) FROM journal_line WHERE "
             "journal_entry_id = (SELECT id FROM journal_entry WHERE kind = '" +
             kind + "' ORDER BY id DESC LIMIT 1)");
}

std::string Story::Ledger(const std::string& ledger_account) {
  return One("SELECT coalesce(sum(debit_minor - credit_minor) / 100.0, 0)::numeric(18,2) FROM "
             "journal_line WHERE ledger_account = '" +
             ledger_account + "' AND account_id = '" + UuidOf(account) + "'");
}

v1::AccountingPeriod Story::Period(const std::string& period) {
  v1::ListAccountingPeriodsRequest request;
  request.set_division_id(division);
  request.set_period(period);
  const auto listed = ListAccountingPeriods(app(), UserCall("ListAccountingPeriods"), request);
  REQUIRE(listed);
  REQUIRE(listed->data_size() == 1);
  return listed->data(0);
}

Result<v1::AccountingPeriod> Story::Close(const std::string& period) {
  v1::CloseAccountingPeriodRequest request;
  request.set_id(Period(period).id());
  return CloseAccountingPeriod(app(), UserCall("CloseAccountingPeriod"), request);
}

std::string Story::One(const std::string& sql) {
  return test.Execute("SET search_path = revenue; " + sql);
}

int Story::Count(const std::string& from_where) {
  return std::stoi(One("SELECT count(*) FROM " + from_where));
}

void Story::CheckLaws() {
  CHECK(Count("revenue_contract AS c WHERE (price_minor, price_minor) IS DISTINCT FROM ((SELECT "
              "sum(allocated_minor) FROM performance_obligation WHERE revenue_contract_id = c.id), "
              "(SELECT sum(price_minor) FROM performance_obligation WHERE revenue_contract_id = "
              "c.id))") == 0);
  CHECK(Count("performance_obligation AS o WHERE start_on IS NOT NULL AND allocated_minor <> "
              "recognised_minor + coalesce((SELECT sum(amount_minor) FROM planned_revenue WHERE "
              "performance_obligation_id = o.id), 0)") == 0);
  CHECK(Count("performance_obligation AS o WHERE recognised_minor <> coalesce((SELECT "
              "sum(credit_minor - debit_minor) FROM journal_line WHERE performance_obligation_id = "
              "o.id), 0)") == 0);
  CHECK(Count("revenue_contract AS c WHERE billed_minor - recognised_minor <> coalesce((SELECT "
              "sum(credit_minor - debit_minor) FROM journal_line WHERE revenue_contract_id = c.id "
              "AND ledger_account <> 'revenue'), 0)") == 0);
  CHECK(Count("(SELECT FROM journal_line GROUP BY journal_entry_id HAVING sum(debit_minor) <> "
              "sum(credit_minor)) AS unbalanced") == 0);
}

}  // namespace continuo::revenue::app
