#include "services/contracts/domain/indexation.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::contracts::domain {
namespace {

using money::Decimal;
using money::Money;
using money::Ratio;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }

std::vector<std::string> Texts(const Result<std::vector<IndexedPrice>>& prices) {
  std::vector<std::string> texts;
  for (const IndexedPrice& price : prices.value()) texts.push_back(price.price.AmountText());
  return texts;
}
using Amounts = std::vector<std::string>;

// MicrosoftDocs/dynamics-365-unified-operations-public, cpischedules.md
const std::vector<Decimal> kReadings = {D("110.5"), D("114.25")};

TEST_CASE("An index on its base and in a chain come to the same price") {
  CHECK(Texts(IndexOnBase(Eur("1000.00"), D("105.65"), kReadings, {})) ==
        Amounts{"1045.91", "1081.40"});
  CHECK(Texts(IndexInChain(Eur("1000.00"), D("105.65"), kReadings, {})) ==
        Amounts{"1045.91", "1081.40"});
}

TEST_CASE("A margin is added to the change, and the change may be rounded first") {
  const std::vector<Decimal> reading = {D("219.6")};
  IndexationRules rules{.margin_percent = D("3")};
  CHECK(Texts(IndexOnBase(Eur("4000.00"), D("205.3"), reading, rules)) == Amounts{"4398.62"});
  rules.change_places = 3;
  CHECK(Texts(IndexOnBase(Eur("4000.00"), D("205.3"), reading, rules)) == Amounts{"4398.60"});
}

TEST_CASE("Cap and floor hold the change") {
  struct Row {
    std::string rule;
    std::string percent;
    IndexationRules rules;
    std::string price;
  };
  const auto row = GENERATE(values<Row>({
      {"within both", "4", {.cap_percent = D("5"), .floor_percent = D("1")}, "104.00"},
      {"above the cap", "7.5", {.cap_percent = D("5"), .floor_percent = D("1")}, "105.00"},
      {"below the floor", "-2", {.cap_percent = D("5"), .floor_percent = D("1")}, "101.00"},
      {"no floor: a price may fall", "-2", {.cap_percent = D("5")}, "98.00"},
      {"the margin counts before the cap", "4",
       {.margin_percent = D("3"), .cap_percent = D("5")}, "105.00"},
      {"a cap that is the floor fixes the change", "9",
       {.cap_percent = D("2"), .floor_percent = D("2")}, "102.00"},
  }));
  CAPTURE(row.rule);
  CHECK(Texts(IndexFixed(Eur("100.00"), D(row.percent), 1, row.rules)) == Amounts{row.price});
}

TEST_CASE("A fixed rate compounds; the printed price may be what counts") {
  IndexationRules rules;
  CHECK(Texts(IndexFixed(Eur("33.33"), D("3.5"), 4, rules)) ==
        Amounts{"34.50", "35.70", "36.95", "38.25"});
  rules.carried = CarriedPrice::kRounded;
  CHECK(Texts(IndexFixed(Eur("33.33"), D("3.5"), 4, rules)) ==
        Amounts{"34.50", "35.71", "36.96", "38.25"});
}

TEST_CASE("Without cap, floor and margin a chain telescopes to its base") {
  CHECK(rc::check([] {
    const auto reading = [] {
      return Decimal::FromScaled(*rc::gen::inRange<int64_t>(1, 500'00000000));
    };
    const Money price = Money::FromMinor(*rc::gen::inRange(-1'000'000, 1'000'000),
                                         money::Currency::Parse("EUR").value());
    const Decimal base = reading();
    std::vector<Decimal> readings;
    for (int i = *rc::gen::inRange(1, 8); i > 0; --i) readings.push_back(reading());
    const auto chain = IndexInChain(price, base, readings, {}).value();
    const auto on_base = IndexOnBase(price, base, readings, {}).value();
    for (size_t i = 0; i < readings.size(); ++i) {
      RC_ASSERT(chain[i].exact == on_base[i].exact);
      RC_ASSERT(chain[i].price == on_base[i].price);
    }
  }));
}

TEST_CASE("What is applied lies between floor and cap") {
  CHECK(rc::check([] {
    const auto percent = [] {
      return Decimal::FromScaled(*rc::gen::inRange<int64_t>(-20'00000000, 20'00000000));
    };
    const Decimal one = percent(), other = percent();
    const IndexationRules rules{.margin_percent = percent(),
                                .cap_percent = std::max(one, other),
                                .floor_percent = std::min(one, other)};
    const auto prices = IndexFixed(Eur("100.00"), percent(), 3, rules).value();
    for (const IndexedPrice& price : prices) {
      RC_ASSERT(price.applied_percent >= rules.floor_percent->ToRatio());
      RC_ASSERT(price.applied_percent <= rules.cap_percent->ToRatio());
    }
  }));
}

}  // namespace
}  // namespace continuo::contracts::domain
