// Billing on a real database, with the accounts, orders and releases that its stories need.
#pragma once

#include <atomic>
#include <mutex>
#include <set>

#include "continuo/billing/v1/account_balance.pb.h"
#include "continuo/billing/v1/bill_run.pb.h"
#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/billing/v1/payment.pb.h"
#include "continuo/billing/v1/tax_rate.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/billing/app/account_balances.h"
#include "services/billing/app/advance_bill_run.h"
#include "services/billing/app/bill_runs.h"
#include "services/billing/app/credit_notes.h"
#include "services/billing/app/invoices.h"
#include "services/billing/app/payments.h"
#include "services/billing/app/take_items.h"
#include "services/billing/app/tax_rates.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {

template <class Id>
std::string NewId() {
  return Id::New().ToString();
}

inline void SetMoney(type::v1::Money* money, const std::string& amount,
                     const std::string& currency = "EUR") {
  money->set_amount(amount);
  money->set_currency(currency);
}

inline std::string Text(const type::v1::Money& money) { return money.amount() + " " + money.currency(); }

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
    return owned->Work(ServiceCall(), [&](postgres::Transaction& tx) {
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
    return owned->Work(ServiceCall(), [&](postgres::Transaction& tx) {
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

}  // namespace continuo::billing::app
