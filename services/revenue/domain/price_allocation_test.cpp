#include "services/revenue/domain/price_allocation.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::revenue::domain {
namespace {

using money::Money;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }

struct Row {
  const char* title;
  Money price;
  std::vector<Money> standalone;
  std::vector<Money> amounts;
};

// Sources: KPMG, IFRS 15 handbook 2019, p. 105 (prints 18, 27, 35); CICPAC, Revenue Recognition
// Guide, p. 18 (in millions, printed as 116.7 and 23.3).
TEST_CASE("the price is allocated by standalone prices") {
  const std::vector<Row> rows = {
      {"telecom bundle", Eur("80.00"), {Eur("20.00"), Eur("30.00"), Eur("40.00")},
       {Eur("17.78"), Eur("26.67"), Eur("35.55")}},
      {"construction", Eur("140000000.00"), {Eur("125000000.00"), Eur("25000000.00")},
       {Eur("116666666.67"), Eur("23333333.33")}},
      {"something given away", Eur("10.00"), {Eur("10.00"), Eur("0.00")},
       {Eur("10.00"), Eur("0.00")}},
  };
  for (const Row& row : rows) {
    INFO(row.title);
    const std::vector<AllocationStep> steps = AllocatePrice(row.price, row.standalone).value();
    REQUIRE(steps.size() == row.amounts.size());
    for (size_t i = 0; i < steps.size(); ++i) CHECK(steps[i].amount == row.amounts[i]);
  }
}

TEST_CASE("standalone prices that cannot carry a price are refused") {
  const std::vector<Money> negative = {Eur("10.00"), Eur("-1.00")};
  const std::vector<Money> nothing = {Eur("0.00")};
  CHECK_FALSE(AllocatePrice(Eur("9.00"), negative));
  CHECK_FALSE(AllocatePrice(Eur("9.00"), nothing));
}

TEST_CASE("law: what is allocated is the contract's price, each within a cent of exact") {
  CHECK(rc::check([] {
    const auto currency = Eur("0.00").currency();
    const Money price = Money::FromMinor(*rc::gen::inRange<int64_t>(0, 10'000'000), currency);
    std::vector<Money> standalone;
    const int count = *rc::gen::inRange(1, 12);
    for (int i = 0; i < count; ++i) {
      standalone.push_back(Money::FromMinor(*rc::gen::inRange<int64_t>(1, 1'000'000), currency));
    }
    Money allocated = Money::Zero(currency);
    money::Ratio shares;
    const std::vector<AllocationStep> steps = AllocatePrice(price, standalone).value();
    for (const AllocationStep& step : steps) {
      const money::Ratio off = step.amount.ToRatio() - step.exact;
      RC_ASSERT(off < money::Ratio::Of(1, 100));
      RC_ASSERT(off > money::Ratio::Of(-1, 100));
      allocated += step.amount;
      shares += step.share;
    }
    RC_ASSERT(allocated == price);
    RC_ASSERT(shares == money::Ratio::Of(1, 1));
  }));
}

}  // namespace
}  // namespace continuo::revenue::domain
