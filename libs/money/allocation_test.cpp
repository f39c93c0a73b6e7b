#include "libs/money/allocation.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::money {
namespace {

Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }
Money Cents(std::int64_t minor) { return Money::FromMinor(minor, Eur("0").currency()); }
std::vector<Ratio> Weights(std::initializer_list<int> weights) {
  return {weights.begin(), weights.end()};
}
std::vector<std::string> Texts(const std::vector<Money>& parts) {
  std::vector<std::string> texts;
  for (const Money part : parts) texts.push_back(part.AmountText());
  return texts;
}

// Not all zero.
std::vector<Ratio> AnyWeights() {
  std::vector<Ratio> weights;
  for (const int weight : *rc::gen::nonEmpty<std::vector<int>>()) {
    weights.push_back(Ratio(std::abs(static_cast<std::int64_t>(weight))) / 7);
  }
  weights.front() += 1;
  return weights;
}

TEST_CASE(
    "Largest remainder: the units left go to the largest fractions, ties to the earlier line") {
  using Row = std::tuple<std::string, std::string, std::vector<Ratio>, std::vector<std::string>>;
  const auto [rule, total, weights, parts] = GENERATE(values<Row>({
      {"a tie goes to the first", "10.00", Weights({1, 1, 1}), {"3.34", "3.33", "3.33"}},
      {"two units left", "0.05", Weights({1, 1, 1}), {"0.02", "0.02", "0.01"}},
      {"the larger fraction wins over the earlier line", "1.00", Weights({1, 2}), {"0.33", "0.67"}},
      {"a negative total mirrors the positive",
       "-10.00",
       Weights({1, 1, 1}),
       {"-3.34", "-3.33", "-3.33"}},
      {"zero weights get nothing", "0.01", Weights({0, 1, 0}), {"0.00", "0.01", "0.00"}},
      {"nothing over nothing", "0.00", Weights({0, 0}), {"0.00", "0.00"}},
      {"nothing over no lines", "0.00", {}, {}},
      {"one line takes all", "12870.59", Weights({3}), {"12870.59"}},
      {"Odoo #125140: two halves and the rest leave nothing over",
       "12870.59",
       Weights({50, 50, 0}),
       {"6435.30", "6435.29", "0.00"}},
  }));
  INFO(rule);
  CHECK(Texts(Allocate(Eur(total), weights).value()) == parts);
}

TEST_CASE("What cannot be allocated is a fault with a name") {
  CHECK(Allocate(Eur("1.00"), Weights({0, 0})).error().reason == "NOTHING_TO_ALLOCATE_ON");
  CHECK(Allocate(Eur("1.00"), Weights({})).error().reason == "NOTHING_TO_ALLOCATE_ON");
  CHECK(Allocate(Eur("1.00"), Weights({2, -1})).error().reason == "NEGATIVE_WEIGHT");
  CHECK(SplitEvenly(Eur("1.00"), 0).error().reason == "NOTHING_TO_ALLOCATE_ON");
}

TEST_CASE("Weights may be amounts or decimals") {
  const std::vector<Money> list_prices = {Eur("70.00"), Eur("30.00")};
  CHECK(Texts(Allocate(Eur("-9.99"), list_prices).value()) ==
        std::vector<std::string>{"-6.99", "-3.00"});
  const std::vector<Decimal> shares = {Decimal::Parse("0.5").value(),
                                       Decimal::Parse("1.5").value()};
  CHECK(Texts(Allocate(Eur("1.00"), shares).value()) == std::vector<std::string>{"0.25", "0.75"});
}

TEST_CASE("Allocated parts sum to the whole, keep its sign and stay within a unit of their share") {
  CHECK(rc::check([] {
    const Money total = Cents(*rc::gen::arbitrary<std::int64_t>() / 16);
    const std::vector<Ratio> weights = AnyWeights();
    const auto parts = Allocate(total, weights).value();
    Ratio weight;
    for (const Ratio& w : weights) weight += w;
    Money sum = Cents(0);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      sum += parts[i];
      RC_ASSERT(parts[i].Sign() * total.Sign() >= 0);
      RC_ASSERT((Ratio(parts[i].minor()) - Ratio(total.minor()) * weights[i] / weight).Absolute() <
                1);
    }
    RC_ASSERT(sum == total);
  }));
}

TEST_CASE("Allocation depends on the proportions only, and favours the earlier of equals") {
  CHECK(rc::check([] {
    const Money total = Cents(*rc::gen::inRange(0, 1'000'000));
    const std::vector<Ratio> weights = AnyWeights();
    std::vector<Ratio> scaled = weights;
    for (Ratio& weight : scaled) weight *= Ratio::Of(355, 113);
    const auto parts = Allocate(total, weights).value();
    RC_ASSERT(Allocate(total, scaled).value() == parts);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      if (weights[i] == weights[i + 1]) RC_ASSERT(parts[i] >= parts[i + 1]);
    }
  }));
}

TEST_CASE("Straight-line schedules, by policy") {
  using Row = std::tuple<std::string, std::string, std::vector<Ratio>, SplitPolicy,
                         std::vector<std::string>>;
  const auto [source, total, weights, policy, parts] = GENERATE(values<Row>({
      {"22, 28 and 15 days, cumulative",
       "100.00",
       Weights({22, 28, 15}),
       SplitPolicy::kCumulative,
       {"33.85", "43.07", "23.08"}},
      {"ERPNext test_deferred_revenue: the last takes the remainder",
       "100.00",
       Weights({22, 28, 15}),
       SplitPolicy::kLastTakesRemainder,
       {"33.85", "43.08", "23.07"}},
      {"ERPNext test_fixed_deferred_revenue: half a first month",
       "50000.00",
       Weights({1, 2, 2}),
       SplitPolicy::kCumulative,
       {"10000.00", "20000.00", "20000.00"}},
      {"a credit mirrors its invoice",
       "-100.00",
       Weights({22, 28, 15}),
       SplitPolicy::kCumulative,
       {"-33.85", "-43.07", "-23.08"}},
      {"Odoo #125140: two down payments of 50% leave a final invoice of zero",
       "12870.59",
       Weights({50, 50, 0}),
       SplitPolicy::kCumulative,
       {"6435.30", "6435.29", "0.00"}},
  }));
  INFO(source);
  CHECK(Texts(Split(Eur(total), weights, policy).value()) == parts);
}

TEST_CASE("Even splits") {
  CHECK(Texts(SplitEvenly(Eur("10.00"), 3).value()) ==
        std::vector<std::string>{"3.33", "3.34", "3.33"});
  CHECK(Texts(SplitEvenly(Eur("10.00"), 3, SplitPolicy::kLastTakesRemainder).value()) ==
        std::vector<std::string>{"3.33", "3.33", "3.34"});
}

TEST_CASE("Every split sums to the whole; cumulative ones are right to date at every step") {
  CHECK(rc::check([] {
    const Money total = Cents(*rc::gen::inRange(-Money::kMaxMinor, Money::kMaxMinor));
    const std::vector<Ratio> weights = AnyWeights();
    const auto rounding = static_cast<Rounding>(*rc::gen::inRange(0, 7));
    Ratio weight;
    for (const Ratio& w : weights) weight += w;
    const auto last = Split(total, weights, SplitPolicy::kLastTakesRemainder, rounding).value();
    RC_ASSERT(Sum(last, total.currency()).value() == total);
    Money so_far = Cents(0);
    Ratio weight_so_far;
    const auto parts = Split(total, weights, SplitPolicy::kCumulative, rounding).value();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      so_far += parts[i];
      weight_so_far += weights[i];
      RC_ASSERT(
          so_far ==
          Round(total.ToRatio() * weight_so_far / weight, total.currency(), rounding).value());
    }
    RC_ASSERT(so_far == total);
  }));
}

}  // namespace
}  // namespace continuo::money
