// What has been earned is posted as the days pass.
#include "services/revenue/app/recognise.h"

#include <atomic>
#include <thread>

#include "libs/testing/catch/catch.h"
#include "services/revenue/app/journal_entries.h"
#include "services/revenue/app/story_test.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using postgres::Transaction;

std::string NextDue(Story& story) {
  const auto due = story.database->Work(story.ServiceCall(), NextRevenueAt);
  REQUIRE(due);
  return *due ? calendar::FormatInstant(**due) : "never";
}

v1::JournalEntry OnlyRevenueEntry(Story& story) {
  v1::ListJournalEntriesRequest list;
  list.set_kind(v1::JOURNAL_ENTRY_KIND_REVENUE);
  const auto listed =
      ListJournalEntries(story.app(), story.UserCall("ListJournalEntries"), list);
  REQUIRE(listed);
  REQUIRE(listed->data_size() == 1);
  v1::GetJournalEntryRequest get;
  get.set_id(listed->data(0).id());
  return GetJournalEntry(story.app(), story.UserCall("GetJournalEntry"), get).value();
}

TEST_CASE("a month is posted when it is over on the division's local day") {
  Story story("2026-01-15T09:00:00Z");
  CHECK(NextDue(story) == "never");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  CHECK(NextDue(story) == "2026-02-28T23:00:00Z");  // 1 March in Berlin
  story.At("2026-02-28T22:59:59Z");
  CHECK(story.Recognised(order) == "0.00 EUR");
  story.At("2026-02-28T23:00:00Z");
  CHECK(story.Recognised(order) == "100.00 EUR");
  CHECK(NextDue(story) == "2026-03-31T22:00:00Z");  // summer time by then
  story.At("2026-03-01T09:00:00Z");
  CHECK(story.Recognised(order) == "100.00 EUR");
  CHECK(story.Events("revenue.recognised") == 1);
  CHECK(story.One("SELECT data::jsonb->>'period' FROM event_log WHERE type = "
                  "'revenue.recognised'") == "2026-02");
  story.CheckLaws();
}

TEST_CASE("an entry of revenue tells what it was earned for, and how far the obligation is") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.At("2026-03-01T09:00:00Z");
  const v1::JournalEntry entry = OnlyRevenueEntry(story);
  CHECK(entry.effective_on() == "2026-02-28");
  CHECK(entry.posted_on() == "2026-02-28");
  CHECK(entry.account_id() == story.account);
  CHECK(entry.revenue_contract_id() == story.Contract(order).id());
  REQUIRE(entry.lines_size() == 2);
  const v1::JournalLine& revenue = entry.lines(0);
  CHECK(revenue.ledger_account() == v1::LEDGER_ACCOUNT_REVENUE);
  CHECK(Text(revenue.credit()) == "100.00 EUR");
  CHECK_FALSE(revenue.has_debit());
  CHECK(revenue.performance_obligation_id() == story.Obligation(order, 0).id());
  CHECK(revenue.service_start() == "2026-02-01");
  CHECK(revenue.service_end() == "2026-03-01");
  CHECK(revenue.progress() == "1/12");
  CHECK(Text(revenue.progress_of()) == "1200.00 EUR");
  CHECK(entry.lines(1).ledger_account() == v1::LEDGER_ACCOUNT_CONTRACT_ASSET);
  CHECK(Text(entry.lines(1).debit()) == "100.00 EUR");
}

// The odd months of frappe/erpnext, test_deferred_revenue; cumulative, so that the last is 23.08.
TEST_CASE("by days, the months sum to the price to the cent") {
  Story story("2019-01-05T09:00:00Z");
  const auto order = story.Accept({{.sold = "100.00", .rule = kDays}}, "2019-01-05");
  story.Initialise(order, 0, "2019-01-10", "2019-03-16");
  story.At("2019-03-15T09:00:00Z");
  CHECK(story.Earned(order, 0) == "2019-01 33.85, 2019-02 43.07");
  story.At("2019-03-16T09:00:00Z");
  CHECK(story.Earned(order, 0) == "2019-01 33.85, 2019-02 43.07, 2019-03 23.08");
  CHECK(story.Obligation(order, 0).status() == v1::OBLIGATION_STATUS_SATISFIED);
  story.CheckLaws();
}

TEST_CASE("what is sold once is earned at acceptance") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "3600.00", .rule = kAtOnce, .one_off = true}});
  story.At("2026-01-15T09:00:01Z");
  CHECK(story.Recognised(order) == "3600.00 EUR");
  CHECK(OnlyRevenueEntry(story).effective_on() == "2026-01-15");
}

TEST_CASE("a late start is posted at once, each month by itself, through asset and liability") {
  Story story("2026-05-10T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Bill({{order, 0, "250.00"}}, "0.00", "2026-05-10");
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.At("2026-05-10T09:00:01Z");
  CHECK(story.Earned(order, 0) == "2026-02 100.00, 2026-03 100.00, 2026-04 100.00");
  CHECK(story.One("SELECT string_agg(ledger_account || ' ' || debit_minor, ', ' ORDER BY "
                  "e.effective_on, position) FROM journal_line AS l JOIN journal_entry AS e ON "
                  "e.id = l.journal_entry_id WHERE e.kind = 'revenue' AND debit_minor > 0") ==
        "contract_liability 10000, contract_liability 10000, contract_liability 5000, "
        "contract_asset 5000");
  CHECK(Text(story.Balance(order).contract_asset()) == "50.00 EUR");
  CHECK(Text(story.Balance(order).contract_liability()) == "0.00 EUR");
  story.CheckLaws();
}

TEST_CASE("divisions and zones are each posted on their own day") {
  Story story("2026-01-15T09:00:00Z");
  const auto berlin = story.Accept({{.sold = "1200.00"}});
  story.Initialise(berlin, 0, "2026-02-01", "2027-02-01");
  auto auckland = story.NewOrder({{.sold = "1200.00"}});
  auckland.set_time_zone("Pacific/Auckland");
  REQUIRE(story.Take(auckland));
  story.Initialise(auckland, 0, "2026-02-01", "2027-02-01");
  CHECK(NextDue(story) == "2026-02-28T11:00:00Z");
  story.At("2026-02-28T12:00:00Z");
  CHECK(story.Recognised(auckland) == "100.00 EUR");
  CHECK(story.Recognised(berlin) == "0.00 EUR");
}

TEST_CASE("more than one slice is posted slice by slice, and nothing twice") {
  Story story("2029-06-01T09:00:00Z");
  // 150 obligations of 36 months each are 5,400 rows: one slice takes 5,000.
  const auto order = story.Accept(std::vector<SoldLine>(150, {.sold = "3600.00"}));
  for (int line = 0; line < order.lines_size(); ++line) {
    story.Initialise(order, line, "2026-02-01", "2029-02-01");
  }
  REQUIRE(story.Count("planned_revenue") == 5'400);
  REQUIRE(*RecogniseRevenue(story.app(), story.ServiceCall()));
  CHECK(story.Count("planned_revenue") == 400);
  story.CheckLaws();
  story.At("2029-06-01T09:00:01Z");
  CHECK(story.Recognised(order) == "540000.00 EUR");
  CHECK(story.Count("planned_revenue") == 0);
  CHECK(story.Events("revenue.recognised") == story.Count("journal_entry"));
  story.CheckLaws();
}

TEST_CASE("two replicas that post at once post nothing twice, with invoices in between") {
  Story story("2026-01-15T09:00:00Z");
  std::vector<quoting::v1::Order> orders;
  for (int i = 0; i < 20; ++i) {
    orders.push_back(story.Accept({{.sold = "1200.00"}}));
    story.Initialise(orders.back(), 0, "2026-02-01", "2027-02-01");
  }
  story.test.SetClock("revenue", "2026-08-01T09:00:00Z");
  std::atomic<int> failed = 0;
  const auto post = [&] {
    for (;;) {
      const auto more = RecogniseRevenue(story.app(), story.ServiceCall());
      if (!more) ++failed;
      if (!more || !*more) return;
    }
  };
  std::thread first(post), second(post);
  for (const quoting::v1::Order& order : orders) {
    if (!story.Post(story.NewInvoice({{order, 0, "700.00"}}, "133.00", "2026-08-01"))) ++failed;
  }
  first.join();
  second.join();
  CHECK(failed == 0);
  for (const quoting::v1::Order& order : orders) {
    CHECK(story.Recognised(order) == "600.00 EUR");
    CHECK(Text(story.Balance(order).contract_liability()) == "100.00 EUR");
  }
  CHECK(story.Events("revenue.recognised") == 120);
  story.CheckLaws();
}

TEST_CASE("what is locked is left for later, and waited for where it is all there is") {
  Story story("2026-01-15T09:00:00Z");
  const auto taken = story.Accept({{.sold = "1200.00"}});
  const auto free = story.Accept({{.sold = "1200.00"}});
  for (const auto& order : {taken, free}) story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.test.SetClock("revenue", "2026-03-01T09:00:00Z");
  std::thread job;
  std::atomic<bool> done = false, worked = false;
  const auto held = story.database->Work(story.ServiceCall(), [&](Transaction& tx) -> Result<void> {
    tx.Run(sql::lock_contract_of_order_line, postgres::IdOrNull("ol", taken.lines(0).id()));
    RETURN_IF_FAULT(RecogniseRevenue(story.app(), story.ServiceCall()));
    CHECK(story.Recognised(free) == "100.00 EUR");
    CHECK(story.Recognised(taken) == "0.00 EUR");
    job = std::thread([&] {
      worked = RecogniseRevenue(story.app(), story.ServiceCall()).has_value();
      done = true;
    });
    const std::string waiting = "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = "
                                "current_database()";
    while (!done && story.Count(waiting) == 0) std::this_thread::yield();
    CHECK(!done);
    return {};
  });
  if (job.joinable()) job.join();
  REQUIRE(held);
  CHECK(worked);
  CHECK(story.Recognised(taken) == "100.00 EUR");
  CHECK(story.Events("revenue.recognised") == 2);
  story.CheckLaws();
}

}  // namespace
}  // namespace continuo::revenue::app
