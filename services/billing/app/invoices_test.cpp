// Invoices and credit notes after a run: issued, voided, credited, overdue, seen.
#include <thread>

#include "google/api/httpbody.pb.h"
#include "services/billing/app/find_overdue.h"
#include "services/billing/app/fixture_test.h"
#include "services/billing/app/invoice_page.h"
#include "services/billing/app/issue_invoices.h"

namespace continuo::billing::app {
namespace {

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
            fixture.ServiceCall(), [&](postgres::Transaction& tx) -> Result<void> {
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

}  // namespace
}  // namespace continuo::billing::app
