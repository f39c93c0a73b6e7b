// From order lines to obligations, and what their schedules do to them.
#include "services/revenue/app/obligations.h"

#include "libs/testing/catch/catch.h"
#include "services/revenue/app/story_test.h"

namespace continuo::revenue::app {
namespace {

TEST_CASE("an accepted order becomes obligations, with the price allocated over them") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "600.00"}, {.sold = "300.00", .ssp = "400.00"}});
  const v1::RevenueContract contract = story.Contract(order);
  CHECK(Text(contract.price()) == "900.00 EUR");
  CHECK(Text(contract.ssp_total()) == "1000.00 EUR");
  CHECK(contract.accepted_on() == "2026-01-15");
  CHECK(contract.time_zone() == "Europe/Berlin");
  const v1::PerformanceObligation second = story.Obligation(order, 1);
  CHECK(Text(second.price()) == "300.00 EUR");
  CHECK(Text(second.ssp()) == "400.00 EUR");
  CHECK(Text(second.allocated()) == "360.00 EUR");
  CHECK(Text(second.remaining()) == "360.00 EUR");
  CHECK(second.status() == v1::OBLIGATION_STATUS_PENDING);
  CHECK(second.rule() == kMonths);
  CHECK(second.description() == "Product 2");
  REQUIRE(second.changes_size() == 1);
  CHECK(second.changes(0).cause() == v1::OBLIGATION_CAUSE_ACCEPTED);
  CHECK(Text(second.changes(0).contract_price()) == "900.00 EUR");
  CHECK(Text(second.changes(0).contract_ssp()) == "1000.00 EUR");
  story.CheckLaws();
}

TEST_CASE("an order that comes again changes nothing") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "600.00"}});
  REQUIRE(story.Take(order));
  CHECK(story.Count("revenue_contract") == 1);
  CHECK(story.Count("performance_obligation") == 1);
  CHECK(story.Count("obligation_change") == 1);
}

TEST_CASE("an order that lost a line on its way is refused") {
  Story story("2026-01-15T09:00:00Z");
  auto order = story.NewOrder({{.sold = "600.00"}, {.sold = "1.00"}});
  order.mutable_lines()->RemoveLast();
  CHECK(ReasonOf(story.Take(order)) == "CONTROL_TOTALS_DIFFER");
  CHECK(story.Count("revenue_contract") == 0);
}

TEST_CASE("an order given away has nothing to earn") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "0.00", .rule = kAtOnce, .one_off = true}});
  story.At("2026-01-16T09:00:00Z");
  CHECK(story.Obligation(order, 0).status() == v1::OBLIGATION_STATUS_SATISFIED);
  CHECK(story.Count("journal_entry") == 0);
}

TEST_CASE("a product that names no rule is earned at once where sold once, else by months") {
  Story story("2026-01-15T09:00:00Z");
  const auto none = catalogue::v1::REVENUE_RULE_UNSPECIFIED;
  const auto order = story.Accept({{.sold = "10.00", .rule = none, .one_off = true},
                                   {.sold = "10.00", .rule = none}});
  CHECK(story.Obligation(order, 0).rule() == kAtOnce);
  CHECK(story.Obligation(order, 1).rule() == kMonths);
}

TEST_CASE("what recurs gets its dates from its schedule, which may come before the order") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.NewOrder({{.sold = "1200.00"}});
  CHECK(story.Initialise(order, 0, "2026-02-01", "2027-02-01").awaits == order.id());
  REQUIRE(story.Take(order));
  CHECK(story.Initialise(order, 0, "2026-02-01", "2027-02-01").awaits.empty());
  const v1::PerformanceObligation obligation = story.Obligation(order, 0);
  CHECK(obligation.status() == v1::OBLIGATION_STATUS_RUNNING);
  CHECK(obligation.start_on() == "2026-02-01");
  CHECK(obligation.end_on() == "2027-02-01");
  REQUIRE(obligation.changes_size() == 2);
  CHECK(obligation.changes(1).cause() == v1::OBLIGATION_CAUSE_INITIALISED);
  CHECK(story.Count("planned_revenue") == 12);
  // An older fact, and the same again.
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.Uninitialise(order, 0, 1);
  CHECK(story.Obligation(order, 0).revision() == obligation.revision());
  story.CheckLaws();
}

TEST_CASE("dates taken back undo what was earned, and new ones begin anew") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.At("2026-03-05T09:00:00Z");
  CHECK(story.Earned(order, 0) == "2026-02 100.00");
  story.Uninitialise(order, 0, 3);
  CHECK(story.Obligation(order, 0).status() == v1::OBLIGATION_STATUS_PENDING);
  story.At("2026-03-06T09:00:00Z");
  CHECK(story.Recognised(order) == "0.00 EUR");
  story.Initialise(order, 0, "2026-03-01", "2027-03-01", 4);
  story.At("2026-05-01T09:00:00Z");
  CHECK(story.Earned(order, 0) == "2026-03 100.00, 2026-04 100.00");
  story.CheckLaws();
}

TEST_CASE("a schedule that ends early earns what it serves") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.At("2026-04-10T09:00:00Z");
  // Served to the end of May: 8 of 12 months are void.
  story.Cancel(order, 0, "2026-06-01", "800.00", "0.00");
  const v1::PerformanceObligation obligation = story.Obligation(order, 0);
  CHECK(Text(obligation.price()) == "400.00 EUR");
  CHECK(Text(obligation.allocated()) == "400.00 EUR");
  CHECK(obligation.end_on() == "2026-06-01");
  CHECK(obligation.changes(2).cause() == v1::OBLIGATION_CAUSE_CANCELLED);
  CHECK(obligation.changes(2).effective_on() == "2026-04-10");
  story.At("2026-08-01T09:00:00Z");
  CHECK(story.Earned(order, 0) ==
        "2026-02 100.00, 2026-03 100.00, 2026-04 100.00, 2026-05 100.00");
  CHECK(story.Obligation(order, 0).status() == v1::OBLIGATION_STATUS_SATISFIED);
  story.CheckLaws();
}

TEST_CASE("a schedule that ends before it began earns nothing") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00"}, {.sold = "100.00"}});
  story.Initialise(order, 0, "2026-02-01", "2027-02-01");
  story.Cancel(order, 0, "2026-01-20", "1200.00", "0.00");
  CHECK(Text(story.Contract(order).price()) == "100.00 EUR");
  CHECK(Text(story.Obligation(order, 0).allocated()) == "0.00 EUR");
  CHECK(story.Obligation(order, 0).status() == v1::OBLIGATION_STATUS_SATISFIED);
  CHECK(Text(story.Obligation(order, 1).allocated()) == "100.00 EUR");
  story.CheckLaws();
}

TEST_CASE("what is given away and ends before it began leaves nothing unearned") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00", .rule = kAtOnce, .one_off = true},
                                   {.sold = "0.00", .ssp = "600.00"}});
  CHECK(Text(story.Obligation(order, 1).allocated()) == "400.00 EUR");
  story.Initialise(order, 1, "2026-02-01", "2029-02-01");
  story.Cancel(order, 1, "2026-02-01", "0.00", "0.00");
  CHECK(Text(story.Obligation(order, 0).allocated()) == "1200.00 EUR");
  CHECK(Text(story.Obligation(order, 1).allocated()) == "0.00 EUR");
  CHECK(story.Obligation(order, 1).status() == v1::OBLIGATION_STATUS_SATISFIED);
  story.At("2026-01-16T09:00:00Z");
  CHECK(story.Earned(order, 0) == "2026-01 1200.00");
  story.CheckLaws();
}

TEST_CASE("what is given away and ends early earns the part that was served") {
  Story story("2026-01-15T09:00:00Z");
  const auto order = story.Accept({{.sold = "1200.00", .rule = kAtOnce, .one_off = true},
                                   {.sold = "0.00", .ssp = "600.00"}});
  story.Initialise(order, 1, "2026-02-01", "2029-02-01");
  story.At("2026-02-10T09:00:00Z");
  // 28 of 1,096 days: 600.00 counts with 15.33, 1,200.00 over 1,200.00 : 15.33.
  story.Cancel(order, 1, "2026-03-01", "0.00", "0.00");
  CHECK(Text(story.Obligation(order, 1).allocated()) == "15.14 EUR");
  story.At("2026-03-05T09:00:00Z");
  CHECK(story.Earned(order, 0) == "2026-01 1184.86");
  CHECK(story.Earned(order, 1) == "2026-02 15.14");
  CHECK(story.Obligation(order, 1).status() == v1::OBLIGATION_STATUS_SATISFIED);
  story.CheckLaws();
  // Its dates taken back, the whole term is promised again.
  story.Uninitialise(order, 1, 4);
  CHECK(Text(story.Obligation(order, 1).allocated()) == "400.00 EUR");
  story.CheckLaws();
}

TEST_CASE("an early end moves what the others were allocated, and is caught up on its day") {
  Story story("2026-01-15T09:00:00Z");
  // 900.00 over 600 : 400, the second one discounted: 540.00 and 360.00.
  const auto order = story.Accept({{.sold = "600.00", .rule = kAtOnce, .one_off = true},
                                   {.sold = "300.00", .ssp = "400.00"}});
  story.Initialise(order, 1, "2026-02-01", "2026-05-01");
  story.At("2026-03-10T09:00:00Z");
  CHECK(story.Earned(order, 0) == "2026-01 540.00");
  CHECK(story.Earned(order, 1) == "2026-02 120.00");
  // 700.00 over 600 : 133.33 from now on: 572.73 and 127.27.
  story.Cancel(order, 1, "2026-03-01", "200.00", "0.00");
  story.At("2026-03-11T09:00:00Z");
  CHECK(Text(story.Obligation(order, 0).allocated()) == "572.73 EUR");
  CHECK(story.Earned(order, 0) == "2026-01 572.73");
  CHECK(story.Earned(order, 1) == "2026-02 127.27");
  CHECK(story.One("SELECT string_agg(DISTINCT effective_on::text, ',') FROM journal_entry WHERE "
                  "effective_on > '2026-02-28'") == "2026-03-10");
  story.CheckLaws();
}

}  // namespace
}  // namespace continuo::revenue::app
