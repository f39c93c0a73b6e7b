#include "services/quoting/domain/approval_policy.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using money::Currency;
using money::Decimal;
using money::Money;
using money::Ratio;
using enum ConditionField;
using enum ConditionOperator;

Decimal D(const char* text) { return Decimal::Parse(text).value(); }
Money Eur(const char* text) { return Money::Parse(text, "EUR").value(); }

// 25 % off, 40 % margin, three years, net 30 days, 120,000 EUR.
ApprovalFacts Deal() {
  return {.discount_percent = D("25"),
          .margin_percent = D("40"),
          .term_months = 36,
          .payment_days = 30,
          .value = Eur("120000.00"),
          .product_codes = {"SEAT", "INST"},
          .commission_classes = {"licence"},
          .changed_clauses = 1};
}

TEST_CASE("A condition compares one thing about the quote") {
  struct Case {
    const char* name;
    Condition condition;
    bool holds;
  };
  const auto c = GENERATE(values<Case>({
      {"more than 20 % off", {kDiscountPercent, kGreater, 20}, true},
      {"more than 25 % off: the limit itself is none", {kDiscountPercent, kGreater, 25}, false},
      {"25 % off or more: the limit itself is one", {kDiscountPercent, kGreaterOrEqual, 25}, true},
      {"margin below 50 %", {kMarginPercent, kLess, 50}, true},
      {"margin below 40 %", {kMarginPercent, kLess, 40}, false},
      {"margin of 40 % or less", {kMarginPercent, kLessOrEqual, 40}, true},
      {"longer than two years", {kTermMonths, kGreater, 24}, true},
      {"longer than three years", {kTermMonths, kGreater, 36}, false},
      {"payment later than in 30 days", {kPaymentDays, kGreater, 30}, false},
      {"payment not in 14 days", {kPaymentDays, kNotEqual, 14}, true},
      {"payment in 30 days", {kPaymentDays, kEqual, 30}, true},
      {"100,000 EUR or more", {kValue, kGreaterOrEqual, 100000, "", "EUR"}, true},
      {"200,000 EUR or more", {kValue, kGreaterOrEqual, 200000, "", "EUR"}, false},
      {"200,000 USD or more: not comparable, so it holds",
       {kValue, kGreaterOrEqual, 200000, "", "USD"}, true},
      {"some line is SEAT", {kProductCode, kEqual, 0, "SEAT"}, true},
      {"some line is SUP", {kProductCode, kEqual, 0, "SUP"}, false},
      {"no line is SUP", {kProductCode, kNotEqual, 0, "SUP"}, true},
      {"no line is SEAT", {kProductCode, kNotEqual, 0, "SEAT"}, false},
      {"some line is of class licence", {kCommissionClass, kEqual, 0, "licence"}, true},
      {"a clause is changed", {kChangedClauses, kGreater, 0}, true},
      {"two clauses are changed", {kChangedClauses, kGreater, 1}, false},
      {"some line is of class hardware", {kCommissionClass, kEqual, 0, "hardware"}, false},
  }));
  INFO(c.name);
  CHECK(Holds(c.condition, Deal()) == c.holds);
}

TEST_CASE("A margin that is not known needs the approval") {
  ApprovalFacts deal = Deal();
  deal.margin_percent.reset();
  CHECK(Holds({kMarginPercent, kLess, 1}, deal));
  CHECK(Holds({kMarginPercent, kGreater, 99}, deal));
}

TEST_CASE("A policy matches when all of its conditions hold") {
  const Condition deep{kDiscountPercent, kGreater, 20};
  const Condition large{kValue, kGreaterOrEqual, 200000, "", "EUR"};
  const Condition longer{kTermMonths, kGreater, 12};
  CHECK(Matches(std::vector<Condition>{deep, longer}, Deal()));
  CHECK_FALSE(Matches(std::vector<Condition>{deep, large}, Deal()));
  CHECK(Matches(std::vector<Condition>{}, Deal()));
}

}  // namespace
}  // namespace continuo::quoting::domain
