#include "services/revenue/domain/recognition.h"

#include <rapidcheck.h>

#include "libs/money/allocation.h"
#include "libs/testing/catch/catch.h"

namespace continuo::revenue::domain {
namespace {

using calendar::Date;
using calendar::Period;
using money::Money;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }

std::vector<Money> AmountsOf(const std::vector<MonthlyRevenue>& months) {
  std::vector<Money> amounts;
  for (const MonthlyRevenue& month : months) amounts.push_back(month.amount);
  return amounts;
}

struct Row {
  const char* title;
  const char* price;
  Period service;
  StraightLine rule;
  std::vector<Money> months;  // the first ones
};

// The first two: frappe/erpnext, test_sales_invoice.py, test_deferred_revenue (whose last month
// takes the remainder: 43.08 and 23.07; ours rounds the total so far) and
// test_fixed_deferred_revenue. The others: odoo/documentation, deferred_revenues.rst.
TEST_CASE("straight line") {
  const Period year{Date(2023, 1, 1), Date(2024, 1, 1)};
  const std::vector<Row> rows = {
      {"by days", "100.00", {Date(2019, 1, 10), Date(2019, 3, 16)}, StraightLine::kDays,
       {Eur("33.85"), Eur("43.07"), Eur("23.08")}},
      {"by months, half the first", "50000.00", {Date(2019, 1, 16), Date(2019, 4, 1)},
       StraightLine::kMonths, {Eur("10000.00"), Eur("20000.00"), Eur("20000.00")}},
      {"a year by days", "1200.00", year, StraightLine::kDays, {Eur("101.92"), Eur("92.05")}},
      {"a year by months", "1200.00", year, StraightLine::kMonths, {Eur("100.00"), Eur("100.00")}},
      {"the 31st alone", "10.00", {Date(2026, 1, 31), Date(2026, 2, 1)}, StraightLine::kMonths,
       {Eur("10.00")}},
  };
  for (const Row& row : rows) {
    INFO(row.title);
    std::vector<Money> amounts =
        AmountsOf(Schedule(Eur(row.price), row.service, row.rule).value());
    REQUIRE(amounts.size() >= row.months.size());
    amounts.resize(row.months.size());
    CHECK(amounts == row.months);
  }
}

TEST_CASE("a service without a day earns nothing") {
  const Date day(2026, 1, 1);
  CHECK_FALSE(Schedule(Eur("1.00"), {day, day}, StraightLine::kDays));
}

TEST_CASE("law: the months sum to the price, in order, one for each month") {
  CHECK(rc::check([] {
    const Money price =
        Money::FromMinor(*rc::gen::inRange<int64_t>(-1'000'000, 1'000'000), Eur("0.00").currency());
    const Date start = Date(2024, 1, 1).AddDays(*rc::gen::inRange(0, 800));
    const Period service{start, start.AddDays(*rc::gen::inRange(1, 1500))};
    const StraightLine rule = *rc::gen::element(StraightLine::kDays, StraightLine::kMonths);
    const std::vector<MonthlyRevenue> months = Schedule(price, service, rule).value();
    Money total = Money::Zero(price.currency());
    Date expected = service.start.FirstOfMonth();
    for (const MonthlyRevenue& month : months) {
      RC_ASSERT(month.month == expected);
      expected = expected.AddMonths(1);
      total += month.amount;
    }
    RC_ASSERT(total == price);
    RC_ASSERT(expected >= service.end);
  }));
}

}  // namespace
}  // namespace continuo::revenue::domain
