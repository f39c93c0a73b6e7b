// From what may be billed to an issued invoice, once.
#include "continuo/billing/v1/billable_item.pb.h"
#include "services/billing/app/billable_items.h"
#include "services/billing/app/fixture_test.h"

namespace continuo::billing::app {
namespace {

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

}  // namespace
}  // namespace continuo::billing::app
