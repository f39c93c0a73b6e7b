// Bill runs: what they take, what they set aside, their schedule.
#include "continuo/billing/v1/billable_item.pb.h"
#include "continuo/billing/v1/tax_rate.pb.h"
#include "services/billing/app/bill_run_schedules.h"
#include "services/billing/app/billable_items.h"
#include "services/billing/app/fixture_test.h"

namespace continuo::billing::app {
namespace {

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
  REQUIRE(fixture.owned->Work(fixture.ServiceCall(), [&](postgres::Transaction& tx) -> Result<void> {
    tx.Run(sql::announce_customer, postgres::IdOrNull("acc", fixture.account), 2);
    return {};
  }));
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "20.00"}});
  fixture.Run("2026-02-01");
  CHECK(fixture.owners.accounts_asked == 2);
  CHECK(fixture.One("SELECT string_agg(customer_revision::text, ',' ORDER BY id) FROM invoice") ==
        "1,2");
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

}  // namespace
}  // namespace continuo::billing::app
