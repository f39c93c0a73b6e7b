#include "libs/calculations/figures.h"

#include "continuo/type/v1/calculation.pb.h"
#include "continuo/type/v1/money.pb.h"
#include "libs/testing/catch/catch.h"

namespace continuo::calculations {
namespace {

using money::Money;
using money::Ratio;
using money::Rounding;

TEST_CASE("A figure is a decimal where eight places hold it, otherwise a fraction") {
  struct Row {
    Ratio figure;
    std::string exact;
    std::string rounded;
  };
  const auto row = GENERATE(values<Row>({
      {Ratio(12), "12", "12"},
      {Ratio::Of(1, 2), "0.5", "0.5"},
      {Ratio::Of(17, 90), "17/90", "0.18888889"},
      {Ratio::Of(-2, 3), "-2/3", "-0.66666667"},
      {Ratio::Of(1, 100'000'000), "0.00000001", "0.00000001"},
      {Ratio::Of(1, 1'000'000'000), "1/1000000000", "0"},
  }));
  CHECK(ExactText(row.figure) == row.exact);
  CHECK(RoundedText(row.figure) == row.rounded);
}

TEST_CASE("A step shows the exact figure beside the amount that is kept") {
  Steps steps;
  AddStep(&steps, "amount", "17 of 90 days", Ratio::Of(850, 9),
          Money::Parse("94.44", "EUR").value());
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].name() == "amount");
  CHECK(steps[0].detail() == "17 of 90 days");
  CHECK(steps[0].exact() == "850/9");
  CHECK(steps[0].rounded() == "94.44");
}

TEST_CASE("An amount that does not fit names its place") {
  type::v1::Money message;
  message.set_amount("1.005");
  message.set_currency("EUR");
  CHECK(ReadMoney(message, "/price").error().violations.at(0).pointer == "/price/amount");
  message.set_amount("1.00");
  const money::Currency usd = money::Currency::Parse("USD").value();
  const auto other = ReadMoney(message, usd, "/lines/3/net");
  REQUIRE_FALSE(other);
  CHECK(other.error().violations.at(0).pointer == "/lines/3/net/currency");
  CHECK(other.error().violations.at(0).code == "CURRENCY_MISMATCH");
}

TEST_CASE("Every rounding of the API is one of money's, half up by default") {
  struct Row {
    int mode;
    Rounding rounding;
  };
  const auto row = GENERATE(values<Row>({
      {type::v1::ROUNDING_MODE_UNSPECIFIED, Rounding::kHalfUp},
      {type::v1::ROUNDING_MODE_HALF_UP, Rounding::kHalfUp},
      {type::v1::ROUNDING_MODE_HALF_EVEN, Rounding::kHalfEven},
      {type::v1::ROUNDING_MODE_HALF_DOWN, Rounding::kHalfDown},
      {type::v1::ROUNDING_MODE_UP, Rounding::kUp},
      {type::v1::ROUNDING_MODE_DOWN, Rounding::kDown},
      {type::v1::ROUNDING_MODE_CEILING, Rounding::kCeiling},
      {type::v1::ROUNDING_MODE_FLOOR, Rounding::kFloor},
  }));
  CHECK(RoundingOf(row.mode) == row.rounding);
}

}  // namespace
}  // namespace continuo::calculations
