// Documents and payments in the journal.
#include "services/revenue/app/journal.h"

#include "libs/testing/catch/catch.h"
#include "libs/testing/catch/contains_substring.h"
#include "services/revenue/app/story_test.h"

namespace continuo::revenue::app {
namespace {

TEST_CASE("an invoice is owed, taxed, and deferred until it is earned") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.Bill({{order, 0, "1200.00"}}, "228.00", "2026-02-01");
  CHECK(story.LastEntry("invoice") ==
        "accounts_receivable 1428.00 | tax_payable -228.00 | contract_liability -1200.00");
  story.At("2026-03-01T09:00:00Z");
  CHECK(story.LastEntry("revenue") == "revenue -100.00 | contract_liability 100.00");
  const v1::Balance balance = story.Balance(order);
  CHECK(Text(balance.billed()) == "1200.00 EUR");
  CHECK(Text(balance.recognised()) == "100.00 EUR");
  CHECK(Text(balance.contract_liability()) == "1100.00 EUR");
  CHECK(Text(story.Balance(order, "2026-02-27").contract_liability()) == "1200.00 EUR");
  CHECK(Text(story.Balance(order, "2026-01-31").contract_liability()) == "0.00 EUR");
  story.CheckLaws();
}

TEST_CASE("an invoice before its order waits for it, and is posted once") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.NewOrder({{.sold = "1200.00"}});
  const auto invoice = story.NewInvoice({{order, 0, "100.00"}}, "19.00", "2026-02-01");
  CHECK(story.Post(invoice)->awaits == order.id());
  CHECK(story.Count("journal_entry") == 0);
  REQUIRE(story.Take(order));
  CHECK(story.Post(invoice)->awaits.empty());
  CHECK(story.Post(invoice)->awaits.empty());
  CHECK(story.Count("journal_entry") == 1);
  CHECK(Text(story.Contract(order).billed()) == "100.00 EUR");
}

TEST_CASE("an invoice on two contracts moves the position of each") {
  Story story("2026-02-01T09:00:00Z");
  const auto first = story.Accept({{.sold = "100.00", .rule = kAtOnce, .one_off = true}});
  const auto second = story.Accept({{.sold = "1200.00"}});
  story.At("2026-02-01T09:00:01Z");
  story.Bill({{first, 0, "100.00"}, {second, 0, "300.00"}}, "76.00", "2026-02-01");
  CHECK(Text(story.Balance(first).contract_asset()) == "0.00 EUR");
  CHECK(Text(story.Balance(second).contract_liability()) == "300.00 EUR");
  CHECK(story.Ledger("accounts_receivable") == "476.00");
  CHECK(story.Ledger("contract_asset") == "0.00");
  story.CheckLaws();
}

TEST_CASE("an invoice whose lines are not what was announced is refused") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  auto invoice = story.NewInvoice({{order, 0, "100.00"}, {order, 0, "1.00"}}, "0.00", "2026-02-01");
  invoice.mutable_lines()->RemoveLast();
  CHECK(ReasonOf(story.Post(invoice)) == "CONTROL_TOTALS_DIFFER");
  CHECK(story.Count("journal_entry") == 0);
}

TEST_CASE("what is credited because it is no longer served lowers the price once") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  const auto invoice = story.Bill({{order, 0, "1200.00"}}, "228.00", "2026-02-01");
  story.At("2026-04-10T09:00:00Z");
  story.Cancel(order, 0, "2026-06-01", "0.00", "800.00");
  CHECK(Text(story.Contract(order).price()) == "400.00 EUR");
  const auto note =
      story.NewCreditNote(invoice, {{order, 0, "800.00"}}, "152.00", "2026-04-12");
  CHECK(story.Post(note)->awaits.empty());
  CHECK(story.Post(note)->awaits.empty());
  CHECK(story.LastEntry("credit_note") ==
        "accounts_receivable -952.00 | tax_payable 152.00 | contract_liability 800.00");
  CHECK(Text(story.Contract(order).price()) == "400.00 EUR");
  CHECK(Text(story.Contract(order).billed()) == "400.00 EUR");
  story.At("2026-06-01T09:00:00Z");
  CHECK(Text(story.Balance(order).contract_liability()) == "0.00 EUR");
  CHECK(Text(story.Balance(order).contract_asset()) == "0.00 EUR");
  CHECK(story.Ledger("accounts_receivable") == "476.00");
  story.CheckLaws();
}

TEST_CASE("a credit without a cancellation is a lower price, caught up on its day") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  const auto invoice = story.Bill({{order, 0, "1200.00"}}, "0.00", "2026-02-01");
  story.At("2026-03-10T09:00:00Z");
  const auto note = story.NewCreditNote(invoice, {{order, 0, "120.00"}}, "0.00", "2026-03-10");
  REQUIRE(story.Post(note));
  story.At("2026-03-10T09:00:01Z");
  CHECK(Text(story.Contract(order).price()) == "1080.00 EUR");
  CHECK(story.Earned(order, 0) == "2026-02 90.00");
  const v1::PerformanceObligation obligation = story.Obligation(order, 0);
  CHECK(obligation.changes(obligation.changes_size() - 1).cause() ==
        v1::OBLIGATION_CAUSE_CREDITED);
  story.At("2027-02-01T09:00:00Z");
  CHECK(story.Recognised(order) == "1080.00 EUR");
  CHECK(Text(story.Balance(order).contract_liability()) == "0.00 EUR");
  story.CheckLaws();
}

TEST_CASE("a payment is cash, then unapplied, then pays its invoices") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  const auto invoice = story.Bill({{order, 0, "100.00"}}, "19.00", "2026-02-01");
  auto payment = story.NewPayment("150.00", "2026-02-10");
  story.Allocate(&payment, invoice, "100.00", "2026-02-10");
  REQUIRE(story.Post(payment));
  REQUIRE(story.Post(payment));
  CHECK(story.LastEntry("payment_received") == "cash 150.00 | unapplied_cash -150.00");
  CHECK(story.LastEntry("payment_allocated") ==
        "unapplied_cash 100.00 | accounts_receivable -100.00");
  CHECK(story.Ledger("unapplied_cash") == "-50.00");
  CHECK(story.Ledger("accounts_receivable") == "19.00");
  // The rest of the invoice, later.
  story.Allocate(&payment, invoice, "19.00", "2026-02-20");
  REQUIRE(story.Post(payment));
  CHECK(story.Ledger("accounts_receivable") == "0.00");
  CHECK(story.Ledger("unapplied_cash") == "-31.00");
  CHECK(story.Count("journal_entry WHERE kind = 'payment_allocated' AND effective_on = "
                    "'2026-02-20'") == 1);
  story.CheckLaws();
}

TEST_CASE("a payment that bounces is owed again; what was never posted needs no undoing") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  const auto invoice = story.Bill({{order, 0, "100.00"}}, "19.00", "2026-02-01");
  auto payment = story.NewPayment("150.00", "2026-02-10");
  story.Allocate(&payment, invoice, "119.00", "2026-02-10");
  REQUIRE(story.Post(payment));
  payment.set_status(billing::v1::PAYMENT_STATUS_REVERSED);
  payment.set_reversed_on("2026-02-15");
  payment.clear_allocations();
  REQUIRE(story.Post(payment));
  REQUIRE(story.Post(payment));
  CHECK(story.Ledger("cash") == "0.00");
  CHECK(story.Ledger("unapplied_cash") == "0.00");
  CHECK(story.Ledger("accounts_receivable") == "119.00");
  CHECK(story.Count("journal_entry WHERE kind = 'payment_reversed'") == 2);
  // One that has bounced before its first event was handled.
  auto early = story.NewPayment("20.00", "2026-02-10");
  early.set_status(billing::v1::PAYMENT_STATUS_REVERSED);
  early.set_reversed_on("2026-02-15");
  REQUIRE(story.Post(early));
  CHECK(story.Ledger("cash") == "0.00");
  story.CheckLaws();
}

TEST_CASE("a payment waits for the invoice that it pays") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  const auto invoice = story.NewInvoice({{order, 0, "100.00"}}, "0.00", "2026-02-01");
  auto payment = story.NewPayment("100.00", "2026-02-10");
  story.Allocate(&payment, invoice, "100.00", "2026-02-10");
  CHECK(story.Post(payment)->awaits == invoice.id());
  CHECK(story.Count("journal_entry") == 0);
  REQUIRE(story.Post(invoice));
  CHECK(story.Post(payment)->awaits.empty());
  CHECK(story.Ledger("accounts_receivable") == "0.00");
}

TEST_CASE("the journal is only ever added to, and every entry balances") {
  Story story("2026-02-01T09:00:00Z");
  const auto order = story.Accept({{.sold = "100.00", .rule = kAtOnce, .one_off = true}});
  story.At("2026-02-01T09:00:01Z");
  CHECK_THROWS(story.One("UPDATE journal_line SET credit_minor = 1 WHERE credit_minor > 0"));
  CHECK_THROWS(story.One("DELETE FROM journal_line"));
  CHECK_THROWS(story.One("UPDATE journal_entry SET effective_on = '2020-01-01'"));
  CHECK_THROWS(story.One("DELETE FROM journal_entry"));
  CHECK_THROWS(story.One("DELETE FROM obligation_change"));
  const std::string one_more =
      "INSERT INTO journal_line (journal_entry_id, position, account_id, ledger_account, "
      "debit_minor, credit_minor) SELECT id, 9, account_id, 'cash', 1, 0 FROM journal_entry";
  CHECK_THROWS_WITH(story.One(one_more), testing::ContainsSubstring("does not balance"));
  const std::string without_lines =
      "INSERT INTO journal_entry (id, account_id, division_id, kind, source, currency, "
      "effective_on, posted_on, known_at) SELECT gen_random_uuid(), account_id, division_id, "
      "'invoice', gen_random_uuid(), currency, effective_on, posted_on, known_at FROM "
      "journal_entry";
  CHECK_THROWS_WITH(story.One(without_lines), testing::ContainsSubstring("has no lines"));
}

}  // namespace
}  // namespace continuo::revenue::app
