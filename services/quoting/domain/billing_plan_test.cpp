#include "services/quoting/domain/billing_plan.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using calendar::Cycle;
using calendar::CycleUnit;
using calendar::Date;

const money::Currency kEuro = money::Currency::Parse("EUR").value();

BilledLine Line(Date first, std::optional<Cycle> cycle, bool in_arrears, int periods,
                const char* amount) {
  return {first, cycle, in_arrears, periods, money::Money::Parse(amount, kEuro).value()};
}

TEST_CASE("What is billed when") {
  const Cycle month{CycleUnit::kMonth, 1};
  struct Row {
    const char* rule;
    std::vector<BilledLine> lines;
    std::string plan;
  };
  const Row rows[] = {
      {"once, on the first day", {Line(Date(2026, 3, 10), std::nullopt, false, 1, "2500")},
       "2026-03-10 2500.00 1;"},
      {"in advance", {Line(Date(2026, 3, 10), month, false, 2, "100")},
       "2026-03-10 100.00 1;2026-04-10 100.00 1;"},
      {"in arrears", {Line(Date(2026, 3, 10), month, true, 2, "100")},
       "2026-04-10 100.00 1;2026-05-10 100.00 1;"},
      {"from the last day of a month, never drifting",
       {Line(Date(2026, 1, 31), month, false, 3, "100")},
       "2026-01-31 100.00 1;2026-02-28 100.00 1;2026-03-31 100.00 1;"},
      {"lines that are due together are billed together",
       {Line(Date(2026, 3, 10), month, false, 2, "100"),
        Line(Date(2026, 3, 10), Cycle{CycleUnit::kYear, 1}, false, 1, "1200")},
       "2026-03-10 1300.00 2;2026-04-10 100.00 1;"},
      {"nothing", {}, ""},
  };
  for (const Row& row : rows) {
    std::string shown;
    for (const auto& [day, billing] : PlanBilling(row.lines, kEuro)) {
      shown += day.ToString() + " " + billing.amount.AmountText() + " " +
               std::to_string(billing.lines) + ";";
    }
    INFO(row.rule);
    CHECK(shown == row.plan);
  }
}

TEST_CASE("A term's last day") {
  CHECK(LastDay(Date(2026, 3, 10), {CycleUnit::kMonth, 36}) == Date(2029, 3, 9));
  CHECK(LastDay(Date(2026, 1, 1), {CycleUnit::kWeek, 2}) == Date(2026, 1, 14));
}

}  // namespace
}  // namespace continuo::quoting::domain
