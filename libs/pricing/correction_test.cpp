#include "libs/pricing/correction.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::pricing {
namespace {

using money::Decimal;
using money::PriceBand;
using money::Ratio;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

PriceTable TwoBands(Model model) {
  return {model, {}, {{D("15"), D("10"), {}, {}}, {std::nullopt, D("5"), {}, {}}}};
}

// openmeterio/openmeter@7e57a394, billing/charges/usagebased/service/rating/delta/README.md
TEST_CASE("Late usage that crosses a volume boundary is reversed and booked anew") {
  const auto lines =
      Correct(15, 16, TwoBands(Model::kVolume), Correction::kReverseAndRebook).value();
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].quantity == Decimal(-15));
  CHECK(lines[0].unit_price == D("10"));
  CHECK(lines[0].amount == Ratio(-150));
  CHECK(lines[1].quantity == Decimal(16));
  CHECK(lines[1].unit_price == D("5"));
  CHECK(lines[1].amount == Ratio(80));
}

TEST_CASE("A difference is one line without a unit price") {
  const auto lines = Correct(15, 16, TwoBands(Model::kVolume), Correction::kDifference).value();
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].quantity == Decimal(1));
  CHECK_FALSE(lines[0].unit_price);
  CHECK(lines[0].amount == Ratio(-70));
}

TEST_CASE("Nothing is corrected where nothing changed, and a quantity needs a price") {
  CHECK(Correct(15, 15, TwoBands(Model::kVolume), Correction::kDifference).value().empty());
  CHECK_FALSE(Correct(15, -1, TwoBands(Model::kVolume), Correction::kDifference));
}

TEST_CASE("The shortfall to a minimum") {
  CHECK(Shortfall(1000, 100, 0) == Ratio(900));
  CHECK(Shortfall(1000, 100, 300) == Ratio(600));
  CHECK(Shortfall(1000, 900, 300) == Ratio(0));
}

TEST_CASE("Both corrections come to the same, and a graduated price prices each part") {
  CHECK(rc::check([] {
    const auto quantity = [] {
      return Decimal::FromScaled(*rc::gen::inRange<int64_t>(0, 40'00000000));
    };
    const PriceTable table = TwoBands(*rc::gen::element(Model::kVolume, Model::kGraduated));
    const Decimal billed = quantity(), actual = quantity();
    Ratio rebooked, difference;
    for (const auto& line :
         Correct(billed, actual, table, Correction::kReverseAndRebook).value()) {
      rebooked += line.amount;
    }
    for (const auto& line : Correct(billed, actual, table, Correction::kDifference).value()) {
      difference += line.amount;
    }
    RC_ASSERT(rebooked == difference);
    const Price graduated = CataloguePrice(actual, TwoBands(Model::kGraduated)).value();
    RC_ASSERT(graduated.amount ==
              money::GraduatedPrice(actual, TwoBands(Model::kGraduated).bands).value());
    RC_ASSERT(graduated.amount ==
              actual.ToRatio() * graduated.unit_price + graduated.flat_fee);
  }));
}

}  // namespace
}  // namespace continuo::pricing
