#include "services/quoting/domain/margin.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Currency;
using money::Decimal;
using money::Money;
using money::Ratio;

Currency Of(const char* code) { return Currency::Parse(code).value(); }
Money Amount(const char* text, const char* code) { return Money::Parse(text, code).value(); }
Decimal Number(const char* text) { return Decimal::Parse(text).value(); }

constexpr Period kYear{PeriodUnit::kYear, 1};
constexpr Period kThreeYears{PeriodUnit::kYear, 3};
constexpr Period kMonth{PeriodUnit::kMonth, 1};

TEST_CASE("What an element costs over its line's term") {
  struct Row {
    const char* rule;
    const char* unit_cost;
    const char* quantity;
    std::optional<Period> period;
    std::optional<Period> term;
    const char* times;
    const char* cost;
  };
  const Row rows[] = {
      {"bought once", "700", "2", std::nullopt, kThreeYears, "1/1", "1400.00"},
      {"each year of three", "700", "1", kYear, kThreeYears, "3/1", "2100.00"},
      {"a broken period by its share", "1200", "1", kYear, Period{PeriodUnit::kMonth, 18}, "3/2",
       "1800.00"},
      {"a period longer than the term by its share", "1200", "1", kYear,
       Period{PeriodUnit::kMonth, 6}, "1/2", "600.00"},
      {"without an end, twelve months", "10", "5", kMonth, std::nullopt, "12/1", "600.00"},
      {"rounded once", "0.333", "10", kMonth, kMonth, "1/1", "3.33"},
      {"nothing", "700", "0", kYear, kThreeYears, "3/1", "0.00"},
  };
  for (const Row& row : rows) {
    INFO(row.rule);
    const BoughtElement element{Of("USD"), Number(row.unit_cost), Number(row.quantity), row.period,
                                row.term};
    CHECK(TimesBought(element).ToString() == row.times);
    CHECK(CostOf(element).value().AmountText() == row.cost);
  }
}

TEST_CASE("What is left of a sale") {
  const Money sold = Amount("5400", "EUR");
  const auto margin_of = [](Money sold, std::vector<Money> costs, const Rates& rates) {
    return MarginOf(sold, SumCosts(costs).value(), rates).value();
  };
  SECTION("all of it where nothing is bought") {
    const auto all = margin_of(sold, {}, {});
    CHECK(all.margin->margin == sold);
    CHECK(*all.margin->percent == 100);
  }
  SECTION("each currency is summed, then converted") {
    const auto left = margin_of(sold,
                                {Amount("1000", "USD"), Amount("1100", "USD"), Amount("10", "EUR")},
                                {{"USD", Number("0.9")}});
    CHECK(left.margin->cost == Amount("1900", "EUR"));
    CHECK(left.margin->margin == Amount("3500", "EUR"));
    CHECK(left.margin->percent->ToString() == "64.8148");
  }
  SECTION("a rate turned round is exact") {
    const auto left = margin_of(sold, {Amount("110", "USD")}, {{"USD", Ratio(1) / Number("1.1")}});
    CHECK(left.margin->cost == Amount("100", "EUR"));
  }
  SECTION("sold below cost") {
    const auto left = margin_of(Amount("50", "EUR"), {Amount("75", "EUR")}, {});
    CHECK(left.margin->margin == Amount("-25", "EUR"));
    CHECK(*left.margin->percent == -50);
  }
  SECTION("given away: no percentage of nothing") {
    const auto left = margin_of(Amount("0", "EUR"), {Amount("75", "EUR")}, {});
    CHECK(left.margin->margin == Amount("-75", "EUR"));
    CHECK_FALSE(left.margin->percent);
  }
  SECTION("an unknown rate leaves no figure at all, and says which") {
    const auto left =
        margin_of(sold, {Amount("1", "USD"), Amount("1", "GBP"), Amount("1", "CHF")},
                  {{"GBP", Ratio(1)}});
    CHECK_FALSE(left.margin);
    CHECK(left.unknown_rates == std::vector<std::string>{"CHF", "USD"});
  }
}

}  // namespace
}  // namespace continuo::quoting::domain
