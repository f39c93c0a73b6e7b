// Each statement is prepared and run.
#include "continuo/billing/v1/billable_item.pb.h"
#include "continuo/billing/v1/preview.pb.h"
#include "continuo/billing/v1/tax_rate.pb.h"
#include "google/api/httpbody.pb.h"
#include "services/billing/app/bill_run_schedules.h"
#include "services/billing/app/billable_items.h"
#include "services/billing/app/find_overdue.h"
#include "services/billing/app/fixture_test.h"
#include "services/billing/app/invoice_page.h"
#include "services/billing/app/issue_invoices.h"
#include "services/billing/app/preview_invoices.h"

namespace continuo::billing::app {
namespace {

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
  REQUIRE(fixture.owned->Work(fixture.ServiceCall(), [&](postgres::Transaction& tx) -> Result<void> {
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
