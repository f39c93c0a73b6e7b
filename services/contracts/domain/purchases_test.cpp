#include "services/contracts/domain/purchases.h"

#include "libs/testing/catch/catch.h"

namespace continuo::contracts::domain {
namespace {

using calendar::Cycle;
using calendar::CycleUnit;
using money::Currency;
using money::Decimal;
using money::Money;

PurchaseElement Element(std::string_view unit_cost, std::string_view currency,
                        std::optional<Cycle> cycle, bool back_to_back) {
  return {.name = "Element",
          .supplier_id = {},
          .currency = Currency::Parse(currency).value(),
          .unit_cost = Decimal::Parse(unit_cost).value(),
          .cycle = cycle,
          .timing = Timing::kArrears,
          .lead_days = 10,
          .back_to_back = back_to_back};
}

TEST_CASE("What is bought for a sold line") {
  constexpr Cycle kYearly{CycleUnit::kYear, 1};
  constexpr Cycle kMonthly{CycleUnit::kMonth, 1};
  struct Row {
    std::string rule;
    PurchaseElement element;
    std::optional<Cycle> term;
    std::string cost;
    std::string term_cost;
    bool ordered_at_acceptance;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"yearly in its own currency over the line's term", Element("12.50", "USD", kYearly, false),
       Cycle{CycleUnit::kYear, 3}, "625.00 USD", "1875.00 USD", false},
      {"back to back is ordered with the sale", Element("12.50", "USD", kYearly, true),
       Cycle{CycleUnit::kYear, 3}, "625.00 USD", "1875.00 USD", true},
      {"its own period, unlike the sale's", Element("1.00", "EUR", kMonthly, false),
       Cycle{CycleUnit::kYear, 1}, "50.00 EUR", "600.00 EUR", false},
      {"a term that its periods do not fill ends in a stub: 181 of 365 days",
       Element("7.30", "EUR", kYearly, false), Cycle{CycleUnit::kMonth, 18}, "365.00 EUR",
       "546.00 EUR", false},
      {"bought once is ordered at acceptance", Element("0.333", "EUR", {}, false), {}, "16.65 EUR",
       "16.65 EUR", true},
      {"recurring for a one-off sale: one period of its own",
       Element("2", "JPY", kYearly, false), {}, "100 JPY", "100 JPY", false},
  }));
  CAPTURE(row.rule);
  const SoldLine line{.quantity = Decimal(50),
                      .term = row.term,
                      .start = calendar::Date::Parse("2026-01-01").value()};
  const Purchase purchase = PlanPurchase(row.element, line).value();
  CHECK(purchase.cost.ToString() == row.cost);
  CHECK(purchase.term_cost.ToString() == row.term_cost);
  CHECK(purchase.ordered_at_acceptance == row.ordered_at_acceptance);
  REQUIRE(purchase.terms.has_value() == row.element.cycle.has_value());
  if (purchase.terms) {
    CHECK(purchase.terms->lead_days == 10);
    CHECK(purchase.terms->timing == Timing::kArrears);
  }
}

}  // namespace
}  // namespace continuo::contracts::domain
