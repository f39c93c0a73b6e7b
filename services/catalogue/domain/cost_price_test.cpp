#include "services/catalogue/domain/cost_price.h"

#include "libs/testing/catch/catch.h"

namespace continuo::catalogue::domain {
namespace {

using calendar::Cycle;
using calendar::CycleUnit;
using money::Decimal;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
constexpr Cycle kMonthly{CycleUnit::kMonth, 1};
constexpr Cycle kQuarterly{CycleUnit::kQuarter, 1};
constexpr Cycle kYearly{CycleUnit::kYear, 1};
constexpr Cycle kWeekly{CycleUnit::kWeek, 1};
constexpr auto kOnce = std::nullopt;

CostPlus Markup(std::string_view percent) { return {.markup_percent = D(percent)}; }
CostPlus Margin(std::string_view percent) { return {.margin_percent = D(percent)}; }
Purchase Cost(std::string_view cost, std::optional<Cycle> period, std::string currency = "EUR") {
  return {.currency = std::move(currency), .unit_cost = D(cost), .period = period};
}

struct Case {
  const char* name;
  std::optional<Cycle> billing;  // none: a one-off
  std::vector<Purchase> purchases;
  CostPlus terms;
  const char* price;  // or the pointer of the refusal
  std::string currency = "EUR";
};

const std::vector<Case> kCases = {
    {"a mark-up is on the cost", kMonthly, {Cost("30", kMonthly)}, Markup("25"), "37.5"},
    {"a margin is of the price", kMonthly, {Cost("30", kMonthly)}, Margin("25"), "40"},
    {"nothing on it", kMonthly, {Cost("30", kMonthly)}, Markup("0"), "30"},
    {"a year's cost for a month", kMonthly, {Cost("360", kYearly)}, Markup("0"), "30"},
    {"a month's cost for a quarter", kQuarterly, {Cost("30", kMonthly)}, Markup("0"), "90"},
    {"costs add up", kMonthly, {Cost("30", kMonthly), Cost("12", kYearly)}, Markup("10"), "34.1"},
    {"what is bought once is in no monthly price", kMonthly,
     {Cost("30", kMonthly), Cost("500", kOnce, "USD")}, Markup("0"), "30"},
    {"what is sold once, by what is bought once", kOnce, {Cost("80", kOnce)}, Margin("20"), "100"},
    {"two places more than the currency has", kMonthly, {Cost("100", kMonthly)}, Margin("70"),
     "333.3333"},
    {"of yen as well", kMonthly, {Cost("100", kMonthly, "JPY")}, Margin("70"), "333.33", "JPY"},
    {"another currency", kMonthly, {Cost("30", kMonthly, "USD")}, Markup("0"),
     "/purchasing/0/currency"},
    {"weeks do not meet months", kMonthly, {Cost("30", kWeekly)}, Markup("0"),
     "/purchasing/0/period"},
    {"no cost that recurs", kMonthly, {Cost("30", kOnce)}, Markup("0"), "/purchasing"},
};

TEST_CASE("A unit price from costs") {
  for (const Case& c : kCases) {
    INFO(c.name);
    Product product{.kind = c.billing ? Kind::kRecurring : Kind::kOneOff,
                    .pricing = Pricing{.is_cost_plus = true, .cost_plus = c.terms},
                    .purchases = c.purchases};
    if (c.billing) product.billing = Billing{.period = c.billing};
    const Result<Decimal> price = CostUnitPrice(product, c.currency);
    if (c.price[0] == '/') {
      REQUIRE(!price);
      CHECK(price.error().violations.at(0).pointer == c.price);
    } else {
      REQUIRE(price);
      CHECK(price->ToString() == c.price);
    }
  }
}

}  // namespace
}  // namespace continuo::catalogue::domain
