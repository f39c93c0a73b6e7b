// The use cases on a real database: from what may be billed to money received.
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "continuo/billing/v1/account_balance.pb.h"
#include "continuo/billing/v1/bill_run.pb.h"
#include "continuo/billing/v1/billable_item.pb.h"
#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/billing/v1/payment.pb.h"
#include "continuo/billing/v1/preview.pb.h"
#include "continuo/billing/v1/tax_rate.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/billing/app/account_balances.h"
#include "services/billing/app/advance_bill_run.h"
#include "services/billing/app/bill_run_schedules.h"
#include "services/billing/app/bill_runs.h"
#include "services/billing/app/billable_items.h"
#include "services/billing/app/credit_notes.h"
#include "services/billing/app/find_overdue.h"
#include "services/billing/app/invoice_page.h"
#include "services/billing/app/invoices.h"
#include "services/billing/app/issue_invoices.h"
#include "services/billing/app/parties.h"
#include "services/billing/app/payments.h"
#include "services/billing/app/preview_invoices.h"
#include "services/billing/app/take_items.h"
#include "services/billing/app/tax_rates.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::Transaction;

template <class Id>
std::string NewId() {
  return Id::New().ToString();
}

void SetMoney(type::v1::Money* money, const std::string& amount,
              const std::string& currency = "EUR") {
  money->set_amount(amount);
  money->set_currency(currency);
}

std::string Text(const type::v1::Money& money) { return money.amount() + " " + money.currency(); }

template <class T>
std::string ReasonOf(const Result<T>& result) {
  if (result) return "";
  return result.error().violations.empty() ? result.error().reason
                                           : result.error().violations.front().code;
}

// crm and directory, as far as billing asks them.
class Owners : public rpc::Peers {
 public:
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string& method,
                            const google::protobuf::Message& request,
                            google::protobuf::Message& answer) override {
    if (method.ends_with("/GetDivision")) {
      return Find(divisions, static_cast<const directory::v1::GetDivisionRequest&>(request).id(),
                  answer);
    }
    REQUIRE(method.ends_with("/GetAccount"));
    ++accounts_asked;
    return Find(accounts, static_cast<const crm::v1::GetAccountRequest&>(request).id(), answer);
  }
  std::vector<std::string> services() const override { return {}; }

  std::map<std::string, directory::v1::Division> divisions;
  std::map<std::string, crm::v1::Account> accounts;
  std::atomic<int> accounts_asked = 0;

 private:
  template <class T>
  static Result<void> Find(const std::map<std::string, T>& all, const std::string& id,
                           google::protobuf::Message& answer) {
    const auto found = all.find(id);
    if (found == all.end()) return NotFound("thing", id);
    answer.CopyFrom(found->second);
    return {};
  }
};

struct Released {
  std::string period_start;
  std::string period_end;
  std::string amount;
  std::string tax_code = "standard";
};

struct Fixture {
  explicit Fixture(const std::string& now) {
    test.Migrate("billing", {events::Migrations(), access::Migrations(), sql::migrations()});
    test.SetClock("billing", now);
    postgres::DatabaseConfig config = test.Config("billing");
    config.on_statement = [this](const postgres::Statement& statement, std::chrono::nanoseconds) {
      const std::lock_guard lock(mutex);
      statements_run.insert(std::string(statement.name));
    };
    owned = std::make_unique<postgres::Database>(config);
    division = NewId<ids::DivisionId>();
    directory::v1::Division de;
    de.set_id(division);
    de.set_revision(1);
    de.set_name("DE");
    de.set_legal_name("Continuo <DE> GmbH");
    de.set_currency("EUR");
    de.set_time_zone("Europe/Berlin");
    de.set_country("DE");
    de.set_invoice_series("DE");
    de.add_tax_registrations()->set_number("DE123456789");
    owners.divisions[division] = de;
    account = NewAccount("DE");
  }

  App app() { return {.database = *owned, .peers = owners}; }
  rpc::Call ServiceCall() { return rpc::Call::AsService("billing", NewId<ids::RequestId>()); }
  rpc::Call UserCall(const std::string& method) {
    rpc::Call call;
    call.principal.user_id = user;
    call.principal.sees_all = true;
    call.method = "/continuo.billing.v1.BillingService/" + method;
    call.request_id = NewId<ids::RequestId>();
    call.idempotency_key = call.request_id;
    call.fingerprint = "the same";
    return call;
  }

  std::string NewAccount(const std::string& country) {
    crm::v1::Account made;
    made.set_id(NewId<ids::AccountId>());
    made.set_revision(1);
    made.set_name("<b>Initech & Sons</b>");
    made.set_country(country);
    made.set_payment_days(14);
    made.mutable_billing_address()->add_lines("Hauptstr. 1");
    made.mutable_billing_address()->set_city("Berlin");
    owners.accounts[made.id()] = made;
    return made.id();
  }
  v1::TaxRate AddRate(const std::string& rate, const std::string& code = "standard",
                      const std::string& valid_from = "2007-01-01") {
    v1::CreateTaxRateRequest request;
    request.mutable_tax_rate()->set_country("DE");
    request.mutable_tax_rate()->set_tax_code(code);
    request.mutable_tax_rate()->set_rate(rate);
    request.mutable_tax_rate()->set_valid_from(valid_from);
    return CreateTaxRate(app(), UserCall("CreateTaxRate"), request).value();
  }

  // 50 licences with a one-off installation of 1,500.00 and a recurring line.
  quoting::v1::Order NewOrder() {
    quoting::v1::Order order;
    order.set_id(NewId<ids::OrderId>());
    order.set_account_id(account);
    order.set_division_id(division);
    order.set_contract_id(NewId<ids::ContractId>());
    order.set_currency("EUR");
    order.set_accepted_on("2026-01-15");
    order.set_payment_days(30);
    auto* installation = order.add_lines();
    installation->set_id(NewId<ids::OrderLineId>());
    installation->set_kind(catalogue::v1::PRODUCT_KIND_ONE_OFF);
    installation->set_product_name("Installation <script>");
    installation->set_quantity("1");
    SetMoney(installation->mutable_net_amount(), "1500.00");
    SetMoney(installation->mutable_term_total(), "1500.00");
    auto* licence = order.add_lines();
    licence->set_id(NewId<ids::OrderLineId>());
    licence->set_kind(catalogue::v1::PRODUCT_KIND_RECURRING);
    SetMoney(licence->mutable_net_amount(), "1000.00");
    SetMoney(licence->mutable_term_total(), "36000.00");
    order.mutable_control_totals()->set_count(2);
    SetMoney(order.mutable_control_totals()->add_sums(), "37500.00");
    return order;
  }
  Result<void> Take(const quoting::v1::Order& order) {
    return owned->Work(ServiceCall(), [&](Transaction& tx) {
      return TakeOrder(tx, order, order.control_totals());
    });
  }
  contracts::v1::ReleaseBatch NewBatch(const std::string& of, const std::vector<Released>& lines) {
    contracts::v1::ReleaseBatch batch;
    batch.set_id(NewId<ids::ReleaseBatchId>());
    batch.set_account_id(of);
    batch.set_division_id(division);
    money::Money sum = money::Money::Parse("0.00", "EUR").value();
    for (const Released& released : lines) {
      auto* line = batch.add_lines();
      line->set_schedule_line_id(NewId<ids::ScheduleLineId>());
      line->set_schedule_id(NewId<ids::ScheduleId>());
      line->set_contract_id(contract);
      line->set_order_id(NewId<ids::OrderId>());
      line->set_order_line_id(NewId<ids::OrderLineId>());
      line->set_description("Licence");
      line->set_quantity("50");
      line->set_period_start(released.period_start);
      line->set_period_end(released.period_end);
      line->set_bill_on(released.period_start);
      SetMoney(line->mutable_amount(), released.amount);
      line->set_tax_code(released.tax_code);
      line->set_payment_days(30);
      sum += money::Money::Parse(released.amount, "EUR").value();
    }
    batch.mutable_control_totals()->set_count(batch.lines_size());
    SetMoney(batch.mutable_control_totals()->add_sums(), sum.AmountText());
    return batch;
  }
  Result<void> Take(const contracts::v1::ReleaseBatch& batch) {
    return owned->Work(ServiceCall(), [&](Transaction& tx) {
      return TakeReleaseBatch(tx, batch, batch.control_totals());
    });
  }
  void Release(const std::string& of, const std::vector<Released>& lines) {
    REQUIRE(Take(NewBatch(of, lines)));
  }

  Result<v1::BillRun> StartRun(const std::string& bill_on, bool auto_issue) {
    v1::CreateBillRunRequest request;
    request.mutable_bill_run()->set_division_id(division);
    request.mutable_bill_run()->set_bill_on(bill_on);
    request.mutable_bill_run()->set_auto_issue(auto_issue);
    return CreateBillRun(app(), UserCall("CreateBillRun"), request);
  }
  void Advance() {
    while (true) {
      const Result<bool> more = AdvanceBillRun(app(), ServiceCall());
      REQUIRE(more);
      if (!*more) return;
    }
  }
  v1::BillRun Run(const std::string& bill_on, bool auto_issue = true) {
    const auto started = StartRun(bill_on, auto_issue);
    REQUIRE(started);
    Advance();
    v1::GetBillRunRequest request;
    request.set_id(started->id());
    return GetBillRun(app(), UserCall("GetBillRun"), request).value();
  }
  v1::ListInvoicesResponse Invoices(const v1::ListInvoicesRequest& request = {}) {
    const auto listed = ListInvoices(app(), UserCall("ListInvoices"), request);
    REQUIRE(listed);
    return *listed;
  }
  v1::Invoice Invoice(const std::string& id) {
    v1::GetInvoiceRequest request;
    request.set_id(id);
    return GetInvoice(app(), UserCall("GetInvoice"), request).value();
  }
  v1::AccountBalance Balance() {
    v1::ListAccountBalancesRequest request;
    request.set_account_id(account);
    const auto listed = ListAccountBalances(app(), UserCall("ListAccountBalances"), request);
    REQUIRE(listed);
    REQUIRE(listed->data_size() == 1);
    return listed->data(0);
  }
  Result<v1::CreditNote> CreditInvoice(const std::string& invoice) {
    v1::CreateCreditNoteRequest request;
    request.mutable_credit_note()->set_invoice_id(invoice);
    request.mutable_credit_note()->set_reason("cancelled");
    return CreateCreditNote(app(), UserCall("CreateCreditNote"), request);
  }
  Result<v1::Payment> Pay(const std::string& amount, bool leave_unapplied = false) {
    v1::CreatePaymentRequest request;
    request.mutable_payment()->set_account_id(account);
    SetMoney(request.mutable_payment()->mutable_amount(), amount);
    request.mutable_payment()->set_method(v1::PAYMENT_METHOD_BANK_TRANSFER);
    request.mutable_payment()->set_received_on("2026-02-10");
    request.mutable_payment()->set_leave_unapplied(leave_unapplied);
    return CreatePayment(app(), UserCall("CreatePayment"), request);
  }
  std::string One(const std::string& sql) {
    return test.Execute("SET search_path = billing; " + sql);
  }
  int Count(const std::string& from_where) {
    return std::stoi(One("SELECT count(*) FROM " + from_where));
  }
  int Events(const std::string& type) { return Count("event_log WHERE type = '" + type + "'"); }
  // Laws 4 and 6: invoice = lines + tax, numbers without a gap, what is owed adds up.
  void CheckLaws() {
    CHECK(Count("invoice AS i WHERE voided_at IS NULL AND (net_minor, tax_minor, line_count) IS "
                "DISTINCT FROM ((SELECT sum(net_minor) FROM invoice_line WHERE invoice_id = i.id), "
                "(SELECT sum(tax_minor) FROM invoice_tax WHERE invoice_id = i.id), "
                "(SELECT count(*)::int FROM invoice_line WHERE invoice_id = i.id))") == 0);
    CHECK(Count("(SELECT max(sequence) AS top, count(*) AS n FROM issued_invoice GROUP BY "
                "division_id, series) AS s WHERE top <> n") == 0);
    CHECK(Count("(SELECT max(sequence) AS top, count(*) AS n FROM credit_note GROUP BY "
                "division_id, series) AS s WHERE top <> n") == 0);
    CHECK(Count("issued_invoice AS s WHERE credited_minor <> coalesce((SELECT sum(net_minor + "
                "tax_minor) FROM credit_note WHERE invoice_id = s.invoice_id), 0) OR "
                "allocated_minor <> coalesce((SELECT sum(amount_minor) FROM allocation WHERE "
                "invoice_id = s.invoice_id), 0)") == 0);
    CHECK(Count("payment AS p WHERE allocated_minor <> coalesce((SELECT sum(amount_minor) FROM "
                "allocation WHERE payment_id = p.id), 0)") == 0);
  }

  testing::TestDatabase test;
  Owners owners;
  std::mutex mutex;
  std::set<std::string> statements_run;
  std::unique_ptr<postgres::Database> owned;
  std::string division;
  std::string account;
  const std::string contract = NewId<ids::ContractId>();
  const std::string user = NewId<ids::UserId>();
};

TEST_CASE("An accepted order's one-off line and a released month become one issued invoice") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  REQUIRE(fixture.Take(fixture.NewOrder()));
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "1000.00"}});
  const v1::BillRun run = fixture.Run("2026-02-01");
  CHECK(run.status() == v1::BILL_RUN_STATUS_COMPLETED);
  CHECK(run.groups() == 1);
  CHECK(run.groups_done() == 1);
  CHECK(run.invoices() == 1);
  CHECK(run.lines() == 2);
  CHECK(run.set_aside() == 0);
  CHECK(Text(run.control_totals().sums(0)) == "2500.00 EUR");
  const auto listed = fixture.Invoices();
  REQUIRE(listed.data_size() == 1);
  const v1::Invoice invoice = fixture.Invoice(listed.data(0).id());
  CHECK(invoice.number() == "DE-000001");
  CHECK(invoice.status() == v1::INVOICE_STATUS_ISSUED);
  CHECK(invoice.issued_on() == "2026-02-01");
  CHECK(invoice.due_on() == "2026-03-03");  // the contract's 30 days, not the account's 14
  CHECK(Text(invoice.net()) == "2500.00 EUR");
  CHECK(Text(invoice.tax()) == "475.00 EUR");
  CHECK(Text(invoice.total()) == "2975.00 EUR");
  CHECK(Text(invoice.balance()) == "2975.00 EUR");
  REQUIRE(invoice.lines_size() == 2);
  CHECK(invoice.lines(0).period_start().empty());
  CHECK(invoice.lines(1).period_end() == "2026-03-01");
  CHECK(invoice.lines(1).tax_rate() == "19");
  CHECK(invoice.taxes_size() == 1);
  CHECK(fixture.Events("invoice.issued") == 1);
  CHECK(fixture.Events("bill_run.completed") == 1);
  fixture.CheckLaws();
}

TEST_CASE("What is delivered twice is billed once, and a second run finds nothing") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  const auto order = fixture.NewOrder();
  const auto batch =
      fixture.NewBatch(fixture.account, {{"2026-02-01", "2026-03-01", "1000.00"}});
  for (int i = 0; i < 2; ++i) {
    REQUIRE(fixture.Take(order));
    REQUIRE(fixture.Take(batch));
  }
  CHECK(fixture.Run("2026-02-01").invoices() == 1);
  REQUIRE(fixture.Take(order));
  REQUIRE(fixture.Take(batch));
  CHECK(fixture.Run("2026-02-01").invoices() == 0);
  CHECK(fixture.Count("billable_item") == 2);
  CHECK(fixture.Count("invoice_line") == 2);
  fixture.CheckLaws();
}

TEST_CASE("A hand-over that does not add up is refused") {
  Fixture fixture("2026-02-01T09:00:00Z");
  auto order = fixture.NewOrder();
  order.mutable_lines()->RemoveLast();
  CHECK(ReasonOf(fixture.Take(order)) == "CONTROL_TOTALS_DIFFER");
  auto batch = fixture.NewBatch(fixture.account, {{"2026-02-01", "2026-03-01", "1000.00"}});
  batch.mutable_control_totals()->mutable_sums(0)->set_amount("1000.01");
  CHECK(ReasonOf(fixture.Take(batch)) == "CONTROL_TOTALS_DIFFER");
  CHECK(fixture.Count("billable_item") == 0);
}

TEST_CASE("A bad account is set aside with its reason, and the next run picks it up") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  const std::string unknown = NewId<ids::AccountId>();
  const std::string nowhere = fixture.NewAccount("");
  const std::string abroad = fixture.NewAccount("FR");
  for (const std::string& account : {fixture.account, unknown, nowhere, abroad}) {
    fixture.Release(account, {{"2026-02-01", "2026-03-01", "10.00"}});
  }
  const v1::BillRun run = fixture.Run("2026-02-01");
  CHECK(run.invoices() == 1);
  CHECK(run.set_aside() == 3);
  v1::ListBillRunSetAsidesRequest request;
  request.set_bill_run_id(run.id());
  const auto listed =
      ListBillRunSetAsides(fixture.app(), fixture.UserCall("ListBillRunSetAsides"), request);
  REQUIRE(listed);
  std::map<std::string, std::string> codes;
  for (const auto& aside : listed->data()) codes[aside.account_id()] = aside.code();
  const std::map<std::string, std::string> expected{{unknown, "ACCOUNT_NOT_FOUND"},
                                                    {nowhere, "ACCOUNT_WITHOUT_COUNTRY"},
                                                    {abroad, "TAX_RATE_MISSING"}};
  CHECK(codes == expected);
  v1::ListBillableItemsRequest aside;
  aside.set_state(v1::BILLABLE_ITEM_STATE_SET_ASIDE);
  CHECK(ListBillableItems(fixture.app(), fixture.UserCall("ListBillableItems"), aside)
            ->data_size() == 3);
  // The reasons are gone: crm knows the account now, and there is a rate for France.
  fixture.owners.accounts[unknown] = fixture.owners.accounts[fixture.account];
  fixture.owners.accounts[unknown].set_id(unknown);
  v1::CreateTaxRateRequest rate;
  rate.mutable_tax_rate()->set_country("DE");
  rate.mutable_tax_rate()->set_customer_country("FR");
  rate.mutable_tax_rate()->set_tax_code("standard");
  rate.mutable_tax_rate()->set_rate("0");
  rate.mutable_tax_rate()->set_valid_from("2026-01-01");
  REQUIRE(CreateTaxRate(fixture.app(), fixture.UserCall("CreateTaxRate"), rate));
  const v1::BillRun second = fixture.Run("2026-02-01");
  CHECK(second.invoices() == 2);
  CHECK(second.set_aside() == 1);
  CHECK(fixture.Count("set_aside_item") == 1);
  fixture.CheckLaws();
}

TEST_CASE("A chunk that fails as a whole bills the others one by one") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  const std::string broken = fixture.NewAccount("DE");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  fixture.Release(broken, {{"2026-02-01", "2026-03-01", "10.00"}});
  fixture.Release(broken, {{"2026-02-01", "2026-03-01", "10.00"}});
  // Two amounts whose sum no column can hold; nothing of the kind passes the way in.
  fixture.One("ALTER TABLE billable_item DISABLE TRIGGER USER; UPDATE billable_item SET "
              "amount_minor = 9000000000000000000 WHERE account_id = '" +
              ids::AccountId::Parse(broken)->uuid().ToString() +
              "'; ALTER TABLE billable_item ENABLE TRIGGER USER");
  const v1::BillRun run = fixture.Run("2026-02-01");
  CHECK(run.status() == v1::BILL_RUN_STATUS_COMPLETED);
  CHECK(run.invoices() == 1);
  CHECK(run.set_aside() == 1);
  CHECK(fixture.One("SELECT code FROM bill_run_set_aside") == "NOT_BILLABLE");
  CHECK(fixture.Count("set_aside_item") == 2);
  fixture.CheckLaws();
}

TEST_CASE("SQL taxes as the domain does") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("23.33");
  fixture.AddRate("20", "a");
  fixture.AddRate("25", "b");
  // lago-api 1b1c24a6: terminate_pay_in_advance_spec and credit_note_rounding_spec.
  struct Row {
    const char* code;
    const char* net;
    const char* tax;
  };
  for (const Row& row : {Row{"a", "35.71", "7.14"}, Row{"b", "154.67", "38.67"},
                         Row{"standard", "25.71", "6.00"}, Row{"b", "-0.02", "-0.01"}}) {
    const std::string account = fixture.NewAccount("DE");
    fixture.Release(account, {{"2026-02-01", "2026-03-01", row.net, row.code}});
    REQUIRE(fixture.Run("2026-02-01").invoices() == 1);
    v1::ListInvoicesRequest of;
    of.set_account_id(account);
    CHECK(fixture.Invoices(of).data(0).tax().amount() == row.tax);
  }
}

TEST_CASE("No line falls due earlier than was agreed for it") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  fixture.AddRate("7", "reduced");
  auto order = fixture.NewOrder();
  order.set_payment_days(45);
  order.mutable_lines(0)->set_tax_code("reduced");
  REQUIRE(fixture.Take(order));
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "1000.00"}});  // 30 days
  fixture.Run("2026-02-01");
  CHECK(fixture.Invoices().data(0).due_on() == "2026-03-18");
}

TEST_CASE("A schedule bills each local day on which something falls due, and gets ahead") {
  Fixture fixture("2026-01-31T22:00:00Z");
  fixture.AddRate("19");
  v1::CreateBillRunScheduleRequest request;
  request.mutable_bill_run_schedule()->set_division_id(fixture.division);
  request.mutable_bill_run_schedule()->set_auto_issue(true);
  request.mutable_bill_run_schedule()->set_enabled(true);
  const auto schedule = CreateBillRunSchedule(fixture.app(),
                                              fixture.UserCall("CreateBillRunSchedule"), request);
  REQUIRE(schedule);
  CHECK(ReasonOf(CreateBillRunSchedule(fixture.app(), fixture.UserCall("CreateBillRunSchedule"),
                                       request)) == "BILL_RUN_SCHEDULE_EXISTS");
  const auto next = [&] {
    const auto at = fixture.owned->Work(fixture.ServiceCall(), NextScheduledRunAt).value();
    return at ? calendar::FormatInstant(*at) : "";
  };
  CHECK(next() == "");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "1000.00"},
                                    {"2026-03-01", "2026-04-01", "1000.00"},
                                    {"2026-04-01", "2026-05-01", "1000.00"}});
  int steps = 0;
  for (std::string at = next(); !at.empty(); at = next()) {
    REQUIRE(++steps <= 3);
    fixture.test.SetClock("billing", at);
    REQUIRE(StartScheduledRuns(fixture.app(), fixture.ServiceCall()));
    CHECK(fixture.owned->Work(fixture.ServiceCall(), ActiveRunSince).value());
    fixture.Advance();
    CHECK_FALSE(fixture.owned->Work(fixture.ServiceCall(), ActiveRunSince).value());
  }
  CHECK(steps == 3);
  CHECK(fixture.One("SELECT string_agg(number || ' ' || issued_on || ' ' || due_on, ', ' ORDER BY "
                    "number) FROM issued_invoice") ==
        "DE-000001 2026-02-01 2026-03-03, DE-000002 2026-03-01 2026-03-31, "
        "DE-000003 2026-04-01 2026-05-01");
  CHECK(fixture.owners.accounts_asked == 1);
  v1::UpdateBillRunScheduleRequest update;
  update.set_id(schedule->id());
  update.add_update_mask("enabled");
  rpc::Call stale = fixture.UserCall("UpdateBillRunSchedule");
  stale.if_match = "7";
  CHECK(ReasonOf(UpdateBillRunSchedule(fixture.app(), stale, update)) == "ETAG_MISMATCH");
  const auto stopped = UpdateBillRunSchedule(
      fixture.app(), fixture.UserCall("UpdateBillRunSchedule"), update);
  REQUIRE(stopped);
  CHECK_FALSE(stopped->enabled());
  CHECK(stopped->auto_issue());
  fixture.CheckLaws();
}

TEST_CASE("A set-aside account does not hold the schedule's clock") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "1000.00"}});
  v1::CreateBillRunScheduleRequest request;
  request.mutable_bill_run_schedule()->set_division_id(fixture.division);
  request.mutable_bill_run_schedule()->set_enabled(true);
  REQUIRE(CreateBillRunSchedule(fixture.app(), fixture.UserCall("CreateBillRunSchedule"), request));
  REQUIRE(StartScheduledRuns(fixture.app(), fixture.ServiceCall()));
  fixture.Advance();
  CHECK(fixture.Count("set_aside_item") == 1);
  CHECK_FALSE(fixture.owned->Work(fixture.ServiceCall(), NextScheduledRunAt).value());
}

TEST_CASE("An account that crm has changed is fetched again; documents keep what they said") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  fixture.Run("2026-02-01");
  fixture.owners.accounts[fixture.account].set_revision(2);
  fixture.owners.accounts[fixture.account].set_name("Renamed");
  REQUIRE(fixture.owned->Work(fixture.ServiceCall(), [&](Transaction& tx) -> Result<void> {
    tx.Run(sql::announce_customer, postgres::IdOrNull("acc", fixture.account), 2);
    return {};
  }));
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "20.00"}});
  fixture.Run("2026-02-01");
  CHECK(fixture.owners.accounts_asked == 2);
  CHECK(fixture.One("SELECT string_agg(customer_revision::text, ',' ORDER BY id) FROM invoice") ==
        "1,2");
}

TEST_CASE("A draft is previewed, issued or voided; only once") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  CHECK(fixture.Run("2026-02-01", false).invoices() == 1);
  const std::string first = fixture.Invoices().data(0).id();
  CHECK(fixture.Invoice(first).status() == v1::INVOICE_STATUS_DRAFT);
  CHECK_FALSE(fixture.Invoice(first).has_balance());
  v1::PreviewInvoiceRequest preview;
  preview.set_id(first);
  const auto previewed =
      PreviewInvoice(fixture.app(), fixture.UserCall("PreviewInvoice"), preview).value();
  CHECK(previewed.due_on() == "2026-03-03");
  CHECK(previewed.number().empty());
  v1::VoidDraftInvoiceRequest give_up;
  give_up.set_id(first);
  const auto voided =
      VoidDraftInvoice(fixture.app(), fixture.UserCall("VoidDraftInvoice"), give_up);
  REQUIRE(voided);
  CHECK(voided->status() == v1::INVOICE_STATUS_VOID);
  CHECK(voided->lines_size() == 1);
  v1::IssueInvoiceRequest issue;
  issue.set_id(first);
  CHECK(ReasonOf(IssueInvoice(fixture.app(), fixture.UserCall("IssueInvoice"), issue)) ==
        "INVOICE_NOT_DRAFT");
  // Its item is billed again.
  CHECK(fixture.Run("2026-02-01", false).invoices() == 1);
  v1::ListInvoicesRequest drafts;
  drafts.set_status(v1::INVOICE_STATUS_DRAFT);
  drafts.set_contract_id(fixture.contract);
  REQUIRE(fixture.Invoices(drafts).data_size() == 1);
  issue.set_id(fixture.Invoices(drafts).data(0).id());
  const auto issued = IssueInvoice(fixture.app(), fixture.UserCall("IssueInvoice"), issue);
  REQUIRE(issued);
  CHECK(issued->number() == "DE-000001");
  CHECK(issued->revision() == 2);
  CHECK(ReasonOf(IssueInvoice(fixture.app(), fixture.UserCall("IssueInvoice"), issue)) ==
        "INVOICE_NOT_DRAFT");
  give_up.set_id(issue.id());
  CHECK(ReasonOf(VoidDraftInvoice(fixture.app(), fixture.UserCall("VoidDraftInvoice"), give_up)) ==
        "INVOICE_NOT_DRAFT");
  fixture.CheckLaws();
}

TEST_CASE("Issued documents refuse every change") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  fixture.Run("2026-02-01");
  REQUIRE(fixture.CreditInvoice(fixture.Invoices().data(0).id()));
  for (const char* change :
       {"UPDATE invoice SET net_minor = 1", "DELETE FROM invoice",
        "UPDATE invoice SET voided_at = now()",
        "UPDATE invoice_line SET net_minor = 1", "DELETE FROM invoice_line",
        "DELETE FROM invoice_tax", "UPDATE issued_invoice SET number = 'DE-000002'",
        "UPDATE issued_invoice SET due_on = due_on + 1", "DELETE FROM issued_invoice",
        "UPDATE billable_item SET amount_minor = 1", "UPDATE credit_note SET reason = ''",
        "DELETE FROM credit_note_line"}) {
    CAPTURE(change);
    CHECK_THROWS(fixture.One(change));
  }
}

TEST_CASE("Numbers have no gap, whoever issues at the same time and whatever fails") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  constexpr int kInvoices = 24;
  for (int i = 0; i < kInvoices; ++i) {
    fixture.Release(fixture.NewAccount("DE"), {{"2026-02-01", "2026-03-01", "10.00"}});
  }
  CHECK(fixture.Run("2026-02-01", false).invoices() == kInvoices);
  std::vector<std::string> drafts;
  const auto listed = fixture.Invoices();
  for (const auto& invoice : listed.data()) drafts.push_back(invoice.id());
  REQUIRE(drafts.size() == kInvoices);
  std::atomic<size_t> next = 0;
  std::atomic<int> failed = 0;
  const auto issue = [&] {
    for (size_t i = next++; i < drafts.size(); i = next++) {
      v1::IssueInvoiceRequest request;
      request.set_id(drafts[i]);
      // Every third is taken back after its number is drawn.
      if (i % 3 == 0) {
        const auto undone = fixture.owned->Work(
            fixture.ServiceCall(), [&](Transaction& tx) -> Result<void> {
              tx.Run(sql::take_numbers, postgres::IdOrNull("div", fixture.division), "DE", 1);
              return Aborted("CONFLICT", "taken back");
            });
        if (!undone) ++failed;
      }
      if (!IssueInvoice(fixture.app(), fixture.UserCall("IssueInvoice"), request)) ++failed;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(issue);
  for (std::thread& thread : threads) thread.join();
  CHECK(failed == kInvoices / 3);
  CHECK(fixture.Count("issued_invoice") == kInvoices);
  CHECK(fixture.One("SELECT max(number) FROM issued_invoice") == "DE-000024");
  fixture.CheckLaws();
}

TEST_CASE("A credit note mirrors the invoice, in its own series, once") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  REQUIRE(fixture.Take(fixture.NewOrder()));
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "33.33"}});
  fixture.Run("2026-02-01");
  const v1::Invoice invoice = fixture.Invoice(fixture.Invoices().data(0).id());
  // Part of one line first; the whole note then credits what is left.
  v1::CreateCreditNoteRequest part;
  part.mutable_credit_note()->set_invoice_id(invoice.id());
  part.mutable_credit_note()->set_reason("ended early");
  auto* line = part.mutable_credit_note()->add_lines();
  line->set_invoice_line_id(invoice.lines(1).id());
  SetMoney(line->mutable_net(), "11.11");
  const auto partial = CreateCreditNote(fixture.app(), fixture.UserCall("CreateCreditNote"), part);
  REQUIRE(partial);
  CHECK(partial->number() == "DE-CN-000001");
  CHECK(Text(partial->tax()) == "2.11 EUR");
  const auto whole = fixture.CreditInvoice(invoice.id());
  REQUIRE(whole);
  CHECK(whole->number() == "DE-CN-000002");
  CHECK(whole->lines_size() == 2);
  CHECK(whole->lines(1).invoice_line_id() == invoice.lines(1).id());
  CHECK(whole->lines(1).schedule_line_id() == invoice.lines(1).schedule_line_id());
  CHECK(Text(whole->lines(1).net()) == "22.22 EUR");
  CHECK(fixture.Invoice(invoice.id()).status() == v1::INVOICE_STATUS_PAID);
  CHECK(fixture.Events("invoice.paid") == 1);
  CHECK(fixture.Events("credit_note.issued") == 2);
  CHECK(fixture.Count("event_log WHERE type = 'credit_note.issued' AND data::text LIKE "
                      "'%div\\_%'") == 2);
  CHECK(ReasonOf(fixture.CreditInvoice(invoice.id())) == "NOTHING_LEFT_TO_CREDIT");
  CHECK(ReasonOf(fixture.CreditInvoice(NewId<ids::InvoiceId>())) == "REFERENCE_NOT_FOUND");
  CHECK(fixture.One("SELECT sum(net_minor) || ' ' || sum(tax_minor) FROM credit_note") ==
        fixture.One("SELECT net_minor || ' ' || tax_minor FROM invoice"));
  CHECK(Text(fixture.Balance().receivable()) == "0.00 EUR");
  v1::GetCreditNoteRequest get;
  get.set_id(whole->id());
  CHECK(GetCreditNote(fixture.app(), fixture.UserCall("GetCreditNote"), get)->number() ==
        whole->number());
  CHECK(ListCreditNotes(fixture.app(), fixture.UserCall("ListCreditNotes"), {})->data_size() == 2);
  fixture.CheckLaws();
}

TEST_CASE("A payment pays the earliest due, the rest stays unapplied; a reversal undoes it") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  for (const char* amount : {"100.00", "200.00"}) {
    fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", amount}});
    fixture.Run("2026-02-01");
  }
  const auto paid = fixture.Pay("150.00");
  REQUIRE(paid);
  REQUIRE(paid->allocations_size() == 2);
  CHECK(Text(paid->unapplied()) == "0.00 EUR");
  CHECK(fixture.Events("payment.received") == 1);
  CHECK(fixture.Events("invoice.paid") == 1);
  CHECK(Text(fixture.Balance().receivable()) == "207.00 EUR");
  const auto unapplied = fixture.Pay("300.00", true);
  REQUIRE(unapplied);
  CHECK(unapplied->allocations_size() == 0);
  CHECK(Text(fixture.Balance().unapplied()) == "300.00 EUR");
  v1::AllocatePaymentRequest allocate;
  allocate.set_id(unapplied->id());
  const auto allocated =
      AllocatePayment(fixture.app(), fixture.UserCall("AllocatePayment"), allocate);
  REQUIRE(allocated);
  CHECK(Text(allocated->unapplied()) == "93.00 EUR");
  CHECK(fixture.Events("payment.allocated") == 1);
  CHECK(Text(fixture.Balance().receivable()) == "0.00 EUR");
  CHECK(ReasonOf(AllocatePayment(fixture.app(), fixture.UserCall("AllocatePayment"), allocate)) ==
        "NOTHING_TO_ALLOCATE");
  fixture.CheckLaws();
  v1::ReversePaymentRequest reverse;
  reverse.set_id(paid->id());
  reverse.set_reason("bounced");
  const auto reversed = ReversePayment(fixture.app(), fixture.UserCall("ReversePayment"), reverse);
  REQUIRE(reversed);
  CHECK(reversed->status() == v1::PAYMENT_STATUS_REVERSED);
  CHECK(reversed->allocations_size() == 0);
  CHECK(Text(fixture.Balance().receivable()) == "150.00 EUR");
  CHECK(fixture.Events("payment.reversed") == 1);
  CHECK(ReasonOf(ReversePayment(fixture.app(), fixture.UserCall("ReversePayment"), reverse)) ==
        "PAYMENT_REVERSED");
  allocate.set_id(paid->id());
  CHECK(ReasonOf(AllocatePayment(fixture.app(), fixture.UserCall("AllocatePayment"), allocate)) ==
        "PAYMENT_REVERSED");
  fixture.CheckLaws();
}

TEST_CASE("A payment of more invoices than an event can name is told with their number") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  constexpr int kInvoices = 200;
  for (int i = 0; i < kInvoices; ++i) {
    fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "100.00"}});
    fixture.Run("2026-02-01");
  }
  const auto paid = fixture.Pay("23800.00");
  REQUIRE(paid);
  CHECK(paid->allocations_size() == kInvoices);
  CHECK(fixture.Events("payment.received") == 1);
  CHECK(fixture.Events("invoice.paid") == kInvoices);
  fixture.CheckLaws();
}

TEST_CASE("A payment of an account that is unknown or not the caller's is refused") {
  Fixture fixture("2026-02-01T09:00:00Z");
  v1::CreatePaymentRequest request;
  request.mutable_payment()->set_account_id(NewId<ids::AccountId>());
  SetMoney(request.mutable_payment()->mutable_amount(), "1.00");
  request.mutable_payment()->set_method(v1::PAYMENT_METHOD_CARD);
  request.mutable_payment()->set_received_on("2026-02-01");
  CHECK(ReasonOf(CreatePayment(fixture.app(), fixture.UserCall("CreatePayment"), request)) ==
        "REFERENCE_NOT_FOUND");
  request.mutable_payment()->set_account_id(fixture.account);
  rpc::Call stranger = fixture.UserCall("CreatePayment");
  stranger.principal.sees_all = false;
  CHECK(ReasonOf(CreatePayment(fixture.app(), stranger, request)) == "REFERENCE_NOT_FOUND");
  SetMoney(request.mutable_payment()->mutable_amount(), "0.00");
  CHECK(ReasonOf(CreatePayment(fixture.app(), fixture.UserCall("CreatePayment"), request)) ==
        "OUT_OF_RANGE");
}

TEST_CASE("crm is asked about a payer only while nothing was billed to it") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  REQUIRE(fixture.Pay("1.00"));  // in advance
  CHECK(fixture.owners.accounts_asked == 1);
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  fixture.Run("2026-02-01");
  const int asked = fixture.owners.accounts_asked;
  REQUIRE(fixture.Pay("2.00"));
  CHECK(fixture.owners.accounts_asked == asked);
  CHECK(fixture.Events("payment.received") == 2);
}

TEST_CASE("Who is not linked to an account sees nothing of it") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  fixture.Run("2026-02-01");
  rpc::Call stranger = fixture.UserCall("ListInvoices");
  stranger.principal.sees_all = false;
  CHECK(ListInvoices(fixture.app(), stranger, {})->data_size() == 0);
  rpc::Call elsewhere = fixture.UserCall("ListInvoices");
  elsewhere.principal.division_ids = {NewId<ids::DivisionId>()};
  CHECK(ListInvoices(fixture.app(), elsewhere, {})->data_size() == 0);
  elsewhere.principal.division_ids = {fixture.division};
  CHECK(ListInvoices(fixture.app(), elsewhere, {})->data_size() == 1);
}

TEST_CASE("An invoice is overdue from the day after its due date, once") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  fixture.Run("2026-02-01");  // due on 3 March
  const auto at = fixture.owned->Work(fixture.ServiceCall(), NextOverdueAt).value();
  REQUIRE(at);
  CHECK(calendar::FormatInstant(*at) == "2026-03-03T23:00:00Z");
  fixture.test.SetClock("billing", "2026-03-03T22:59:59Z");
  REQUIRE(FindOverdue(fixture.app(), fixture.ServiceCall()));
  CHECK(fixture.Events("invoice.overdue") == 0);
  fixture.test.SetClock("billing", "2026-03-03T23:00:00Z");
  REQUIRE(FindOverdue(fixture.app(), fixture.ServiceCall()));
  REQUIRE(FindOverdue(fixture.app(), fixture.ServiceCall()));
  CHECK(fixture.Events("invoice.overdue") == 1);
  CHECK_FALSE(fixture.owned->Work(fixture.ServiceCall(), NextOverdueAt).value());
  CHECK(Text(fixture.Balance().overdue()) == "11.90 EUR");
}

TEST_CASE("A held item is left alone until it is restored") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  const std::string item =
      ListBillableItems(fixture.app(), fixture.UserCall("ListBillableItems"), {})->data(0).id();
  v1::RestoreBillableItemRequest restore;
  restore.set_id(item);
  CHECK(ReasonOf(RestoreBillableItem(fixture.app(), fixture.UserCall("RestoreBillableItem"),
                                     restore)) == "BILLABLE_ITEM_NOT_SET_ASIDE");
  v1::SetAsideBillableItemRequest hold;
  hold.set_id(item);
  hold.set_reason("disputed");
  const auto held =
      SetAsideBillableItem(fixture.app(), fixture.UserCall("SetAsideBillableItem"), hold);
  REQUIRE(held);
  CHECK(held->state() == v1::BILLABLE_ITEM_STATE_SET_ASIDE);
  CHECK(held->set_aside_detail() == "disputed");
  CHECK(fixture.Run("2026-02-01").invoices() == 0);
  REQUIRE(RestoreBillableItem(fixture.app(), fixture.UserCall("RestoreBillableItem"), restore));
  CHECK(fixture.Run("2026-02-01").invoices() == 1);
  CHECK(ReasonOf(SetAsideBillableItem(fixture.app(), fixture.UserCall("SetAsideBillableItem"),
                                      hold)) == "BILLABLE_ITEM_INVOICED");
}

TEST_CASE("A cancelled run leaves its work to the next; one run of a division at a time") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  const auto run = fixture.StartRun("2026-02-01", true);
  REQUIRE(run);
  CHECK(ReasonOf(fixture.StartRun("2026-02-01", true)) == "BILL_RUN_ACTIVE");
  v1::CancelBillRunRequest cancel;
  cancel.set_id(run->id());
  REQUIRE(CancelBillRun(fixture.app(), fixture.UserCall("CancelBillRun"), cancel));
  CHECK(ReasonOf(CancelBillRun(fixture.app(), fixture.UserCall("CancelBillRun"), cancel)) ==
        "BILL_RUN_FINISHED");
  fixture.Advance();
  CHECK(fixture.Count("invoice") == 0);
  CHECK(fixture.Run("2026-02-01").invoices() == 1);
  CHECK(ReasonOf(fixture.StartRun("2026-02-02", true)) == "OUT_OF_RANGE");
  CHECK(ListBillRuns(fixture.app(), fixture.UserCall("ListBillRuns"), {})->data_size() == 2);
}

TEST_CASE("The invoice page escapes what it shows") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  REQUIRE(fixture.Take(fixture.NewOrder()));
  fixture.Run("2026-02-01");
  v1::GetInvoiceRequest request;
  request.set_id(fixture.Invoices().data(0).id());
  const auto page = GetInvoicePage(fixture.app(), fixture.UserCall("GetInvoicePage"), request);
  REQUIRE(page);
  CHECK(page->content_type() == "text/html; charset=utf-8");
  const std::string& html = page->data();
  CHECK(html.find("<script>") == std::string::npos);
  CHECK(html.find("Installation &lt;script&gt;") != std::string::npos);
  CHECK(html.find("&lt;b&gt;Initech &amp; Sons&lt;/b&gt;") != std::string::npos);
  CHECK(html.find("Invoice DE-000001") != std::string::npos);
  CHECK(html.find("1785.00") != std::string::npos);
}

TEST_CASE("Tax rates are entered, changed and deleted") {
  Fixture fixture("2026-02-01T09:00:00Z");
  const v1::TaxRate rate = fixture.AddRate("19");
  CHECK(rate.customer_country() == "DE");
  CHECK(rate.rate() == "19");
  v1::CreateTaxRateRequest again;
  *again.mutable_tax_rate() = rate;
  CHECK(ReasonOf(CreateTaxRate(fixture.app(), fixture.UserCall("CreateTaxRate"), again)) ==
        "TAX_RATE_EXISTS");
  v1::UpdateTaxRateRequest update;
  update.set_id(rate.id());
  update.mutable_tax_rate()->set_rate("16");
  update.add_update_mask("rate");
  const auto changed = UpdateTaxRate(fixture.app(), fixture.UserCall("UpdateTaxRate"), update);
  REQUIRE(changed);
  CHECK(changed->rate() == "16");
  CHECK(changed->revision() == 2);
  v1::ListTaxRatesRequest list;
  list.set_country("DE");
  CHECK(ListTaxRates(fixture.app(), fixture.UserCall("ListTaxRates"), list)->data_size() == 1);
  v1::DeleteTaxRateRequest gone;
  gone.set_id(rate.id());
  REQUIRE(DeleteTaxRate(fixture.app(), fixture.UserCall("DeleteTaxRate"), gone));
  v1::GetTaxRateRequest get;
  get.set_id(rate.id());
  CHECK(ReasonOf(GetTaxRate(fixture.app(), fixture.UserCall("GetTaxRate"), get)) == "NOT_FOUND");
}

TEST_CASE("A tax rate that changes on a day is what it was before that day") {
  Fixture fixture("2020-06-15T09:00:00Z");
  const v1::TaxRate rate = fixture.AddRate("19");
  const auto patch = [&](const std::string& percent, const std::string& from) {
    v1::UpdateTaxRateRequest update;
    update.set_id(rate.id());
    update.mutable_tax_rate()->set_rate(percent);
    update.mutable_tax_rate()->set_valid_from(from);
    update.add_update_mask("rate");
    update.add_update_mask("valid_from");
    return UpdateTaxRate(fixture.app(), fixture.UserCall("UpdateTaxRate"), update);
  };
  REQUIRE(patch("15", "2020-07-01"));
  fixture.test.SetClock("billing", "2020-06-20T09:00:00Z");
  REQUIRE(patch("16", "2020-07-01"));  // it was told wrongly
  REQUIRE(patch("19", "2021-01-01"));
  const v1::TaxRate other = fixture.AddRate("20", "standard", "2025-01-01");

  struct Row {
    std::string day;
    std::string percent;  // empty: none
  };
  for (const Row& row : std::vector<Row>{{"2006-12-31", ""},
                                         {"2007-01-01", "19"},
                                         {"2020-06-30", "19"},
                                         {"2020-07-01", "16"},
                                         {"2020-12-31", "16"},
                                         {"2021-01-01", "19"},
                                         {"2025-01-01", ""}}) {
    CAPTURE(row.day);
    v1::GetTaxRateRequest get;
    get.set_id(rate.id());
    get.set_valid_on(row.day);
    const auto found = GetTaxRate(fixture.app(), fixture.UserCall("GetTaxRate"), get);
    CHECK((found ? found->rate() : "") == row.percent);
    v1::ListTaxRatesRequest list;
    list.set_valid_on(row.day);
    const auto listed = ListTaxRates(fixture.app(), fixture.UserCall("ListTaxRates"), list);
    REQUIRE(listed);
    const std::string first = listed->data_size() == 0 ? "" : listed->data(0).rate();
    CHECK(first == (row.day == "2025-01-01" ? "20" : row.percent));
    CHECK(listed->data_size() <= 1);
  }

  v1::GetTaxRateRequest get;
  get.set_id(rate.id());
  const auto told = GetTaxRate(fixture.app(), fixture.UserCall("GetTaxRate"), get);
  REQUIRE(told);
  CHECK(told->valid_from() == "2021-01-01");
  REQUIRE(told->versions_size() == 4);
  CHECK(told->versions(1).rate() == "15");
  CHECK(told->versions(1).known_at().seconds() < told->versions(2).known_at().seconds());
  CHECK(ReasonOf(patch("21", "2025-01-01")) == "TAX_RATE_EXISTS");  // the other rate's day
  CHECK_THROWS(fixture.One("UPDATE billing.tax_rate_version SET rate = 0"));
  CHECK_THROWS(fixture.One("DELETE FROM billing.tax_rate_version"));
}

TEST_CASE("A tax rate that is deleted stays to be read in its versions") {
  Fixture fixture("2020-06-15T09:00:00Z");
  const v1::TaxRate rate = fixture.AddRate("19");
  v1::DeleteTaxRateRequest gone;
  gone.set_id(rate.id());
  REQUIRE(DeleteTaxRate(fixture.app(), fixture.UserCall("DeleteTaxRate"), gone));
  CHECK(fixture.One("SELECT count(*) FROM billing.tax_rate_version") == "2");
  CHECK(fixture.One("SELECT count(*) FROM billing.tax_rate") == "0");
  // Its day is free again.
  CHECK(fixture.AddRate("16").rate() == "16");
}

TEST_CASE("Every statement prepares against the schema") {
  Fixture fixture("2026-02-01T09:00:00Z");
  for (const postgres::Statement* statement : sql::statements()) {
    CAPTURE(statement->name);
    CHECK_NOTHROW(fixture.One("PREPARE s AS " + std::string(statement->text) + "; DEALLOCATE s"));
  }
}

// Everything but the invoices: what is entered around them.
void TouchTheRest(Fixture& fixture) {
  const v1::TaxRate rate = fixture.AddRate("7", "reduced");
  v1::UpdateTaxRateRequest change;
  change.set_id(rate.id());
  REQUIRE(UpdateTaxRate(fixture.app(), fixture.UserCall("UpdateTaxRate"), change));
  v1::DeleteTaxRateRequest gone;
  gone.set_id(rate.id());
  REQUIRE(DeleteTaxRate(fixture.app(), fixture.UserCall("DeleteTaxRate"), gone));
  v1::CreateBillRunScheduleRequest create;
  create.mutable_bill_run_schedule()->set_division_id(fixture.division);
  const auto schedule = CreateBillRunSchedule(fixture.app(),
                                              fixture.UserCall("CreateBillRunSchedule"), create);
  REQUIRE(schedule);
  v1::UpdateBillRunScheduleRequest update;
  update.set_id(schedule->id());
  REQUIRE(UpdateBillRunSchedule(fixture.app(), fixture.UserCall("UpdateBillRunSchedule"), update));
  v1::GetBillRunScheduleRequest get;
  get.set_id(schedule->id());
  REQUIRE(GetBillRunSchedule(fixture.app(), fixture.UserCall("GetBillRunSchedule"), get));
  CHECK(ListBillRunSchedules(fixture.app(), fixture.UserCall("ListBillRunSchedules"), {})
            ->data_size() == 1);
  REQUIRE(fixture.owned->Work(fixture.ServiceCall(), NextScheduledRunAt));
  REQUIRE(fixture.owned->Work(fixture.ServiceCall(), [&](Transaction& tx) -> Result<void> {
    tx.Run(sql::announce_customer, postgres::IdOrNull("acc", fixture.account), 1);
    return {};
  }));
}

TEST_CASE("One customer's months run every statement") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  TouchTheRest(fixture);
  REQUIRE(fixture.Take(fixture.NewOrder()));
  const auto items =
      ListBillableItems(fixture.app(), fixture.UserCall("ListBillableItems"), {}).value();
  v1::SetAsideBillableItemRequest hold;
  hold.set_id(items.data(0).id());
  hold.set_reason("disputed");
  REQUIRE(SetAsideBillableItem(fixture.app(), fixture.UserCall("SetAsideBillableItem"), hold));
  v1::RestoreBillableItemRequest restore;
  restore.set_id(hold.id());
  REQUIRE(RestoreBillableItem(fixture.app(), fixture.UserCall("RestoreBillableItem"), restore));
  v1::CancelBillRunRequest cancel;
  cancel.set_id(fixture.StartRun("2026-02-01", false)->id());
  REQUIRE(CancelBillRun(fixture.app(), fixture.UserCall("CancelBillRun"), cancel));
  fixture.Run("2026-02-01", false);
  v1::VoidDraftInvoiceRequest give_up;
  give_up.set_id(fixture.Invoices().data(0).id());
  REQUIRE(VoidDraftInvoice(fixture.app(), fixture.UserCall("VoidDraftInvoice"), give_up));
  // A group that no column can hold, so that it is set aside by itself.
  const std::string broken = fixture.NewAccount("DE");
  for (int i = 0; i < 2; ++i) {
    fixture.Release(broken, {{"2026-02-01", "2026-03-01", "10.00"}});
  }
  fixture.One("ALTER TABLE billable_item DISABLE TRIGGER USER; UPDATE billable_item SET "
              "amount_minor = 9000000000000000000 WHERE account_id = '" +
              ids::AccountId::Parse(broken)->uuid().ToString() +
              "'; ALTER TABLE billable_item ENABLE TRIGGER USER");
  fixture.Run("2026-02-01");
  v1::ListInvoicesRequest issued;
  issued.set_status(v1::INVOICE_STATUS_ISSUED);
  const std::string invoice = fixture.Invoices(issued).data(0).id();
  v1::GetInvoiceRequest page;
  page.set_id(invoice);
  REQUIRE(GetInvoicePage(fixture.app(), fixture.UserCall("GetInvoicePage"), page));
  CHECK(ReasonOf(IssueInvoice(fixture.app(), fixture.UserCall("IssueInvoice"), [&] {
          v1::IssueInvoiceRequest again;
          again.set_id(invoice);
          return again;
        }())) == "INVOICE_NOT_DRAFT");
  const auto payment = fixture.Pay("10.00");
  REQUIRE(payment);
  v1::AllocatePaymentRequest allocate;
  allocate.set_id(fixture.Pay("20.00", true)->id());
  REQUIRE(AllocatePayment(fixture.app(), fixture.UserCall("AllocatePayment"), allocate));
  v1::ReversePaymentRequest reverse;
  reverse.set_id(payment->id());
  reverse.set_reason("bounced");
  REQUIRE(ReversePayment(fixture.app(), fixture.UserCall("ReversePayment"), reverse));
  v1::GetPaymentRequest paid;
  paid.set_id(payment->id());
  REQUIRE(GetPayment(fixture.app(), fixture.UserCall("GetPayment"), paid));
  fixture.test.SetClock("billing", "2026-04-01T09:00:00Z");
  REQUIRE(FindOverdue(fixture.app(), fixture.ServiceCall()));
  REQUIRE(fixture.CreditInvoice(invoice));
  CHECK(ReasonOf(fixture.CreditInvoice(give_up.id())) == "INVOICE_NOT_ISSUED");
  v1::PreviewInvoicesRequest preview;
  *preview.mutable_order() = fixture.NewOrder();
  preview.mutable_order()->mutable_lines(0)->set_tax_code("standard");
  const auto previewed = PreviewInvoices(fixture.app(), fixture.ServiceCall(), preview);
  REQUIRE(previewed);
  REQUIRE(previewed->data_size() == 1);
  CHECK(previewed->data(0).set_aside_code().empty());
  CHECK(previewed->data(0).invoice().net().amount() == "1500.00");
  CHECK(previewed->data(0).invoice().tax().amount() == "285.00");
  CHECK(previewed->data(0).invoice().due_on() == "2026-02-14");
  fixture.CheckLaws();
  for (const postgres::Statement* statement : sql::statements()) {
    // A list's statement is wrapped into another text and counted under that.
    if (statement->name.starts_with("select_")) continue;
    CAPTURE(statement->name);
    CHECK(fixture.statements_run.contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::billing::app
