#include "libs/pricing/catalogue_price.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::pricing {
namespace {

using money::Decimal;
using money::PriceBand;
using money::Ratio;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
std::optional<Decimal> To(std::string_view text) { return D(text); }
constexpr auto kOpen = std::nullopt;

PriceTable Flat(std::string_view unit_price) { return {Model::kFlat, D(unit_price), {}}; }
PriceTable Volume(std::vector<PriceBand> bands) { return {Model::kVolume, {}, std::move(bands)}; }
PriceTable Graduated(const PriceTable& volume) { return {Model::kGraduated, {}, volume.bands}; }
PriceTable Package(std::string_view units, std::string_view price) {
  return {.model = Model::kPackage, .unit_price = D(price), .package = D(units)};
}
PriceTable Percentage(std::string_view percent, std::optional<Decimal> minimum = {},
                      std::optional<Decimal> maximum = {}) {
  return {.model = Model::kPercentage, .percent = D(percent), .minimum = minimum,
          .maximum = maximum};
}
PriceTable OfLines(std::string_view percent) {
  return {.model = Model::kPercentageOfLines, .percent = D(percent)};
}
PriceTable AtLeast(std::string_view minimum, PriceTable table) {
  table.minimum = D(minimum);
  return table;
}

// Volume tiers with flat fees and a fractional boundary: getlago/lago-api@1b1c24a6,
// spec/services/charge_models/volume_service_spec.rb
const PriceTable kVolumeWithFees = Volume({{To("100"), D("2"), D("10")},
                                           {To("200"), D("1"), D("0")},
                                           {kOpen, D("0.5"), D("50")}});
// The first band of graduated tiers with flat fees (there volume and graduated agree):
// getlago/lago-api@1b1c24a6, spec/services/charge_models/graduated_service_spec.rb
const PriceTable kGraduatedWithFees = Volume(
    {{To("10"), D("10"), D("2")}, {To("20"), D("5"), D("3")}, {kOpen, D("5"), D("3")}});
// The same table, graduated and volume: killbill/killbill@cb60779c,
// TestContiguousIntervalConsumableInArrear
const PriceTable kThreeTiers = Volume(
    {{To("10"), D("1.5"), D("0")}, {To("110"), D("1"), D("0")}, {To("1110"), D("0.5"), D("0")}});

TEST_CASE("A quantity has a price by its table") {
  using Row = std::tuple<const char*, PriceTable, const char*, const char*>;
  const auto [rule, table, quantity, amount] = GENERATE(values<Row>({
      {"flat: quantity times unit price", Flat("20"), "100", "2000"},
      {"flat: a price of many places stays exact", Flat("0.00000001"), "0.5", "0.000000005"},
      {"flat: nothing costs nothing", Flat("20"), "0", "0"},
      {"volume: a flat fee is charged at quantity zero", kVolumeWithFees, "0", "10"},
      {"volume: the fee comes once", kVolumeWithFees, "1", "12"},
      {"volume: a band's end belongs to it", kVolumeWithFees, "100", "210"},
      {"volume: a fraction above it is in the next", kVolumeWithFees, "100.5", "100.5"},
      {"volume: the next band prices all of it", kVolumeWithFees, "101", "101"},
      {"volume: and its end belongs to it too", kVolumeWithFees, "200", "200"},
      {"volume: the last band has no end", kVolumeWithFees, "1000", "550"},
      {"one band: volume and graduated agree", kGraduatedWithFees, "0", "2"},
      {"one band: volume and graduated agree", kGraduatedWithFees, "1", "12"},
      {"one band: volume and graduated agree", kGraduatedWithFees, "10", "102"},
      {"volume where graduated would be 115.5", kThreeTiers, "111", "55.5"},
      {"graduated: each band prices its part", Graduated(kThreeTiers), "111", "115.5"},
      {"graduated: a band's end belongs to it", Graduated(kThreeTiers), "10", "15"},
      {"graduated: a fee comes with its band", Graduated(kGraduatedWithFees), "10", "102"},
      {"graduated: a part of a band has its fee", Graduated(kGraduatedWithFees), "10.5", "107.5"},
      {"graduated: fees of all bands reached", Graduated(kGraduatedWithFees), "21", "163"},
      {"graduated: the first fee at quantity zero", Graduated(kGraduatedWithFees), "0", "2"},
      {"package: a started one costs the whole", Package("10", "25"), "21", "75"},
      {"package: a full one is one", Package("10", "25"), "20", "50"},
      {"package: none is started", Package("10", "25"), "0", "0"},
      {"percentage of an amount", Percentage("2.5"), "1000", "25"},
      {"percentage: at least", Percentage("2.5", To("30"), To("50")), "1000", "30"},
      {"percentage: at most", Percentage("2.5", To("30"), To("50")), "3000", "50"},
      {"percentage: between them", Percentage("2.5", To("30"), To("50")), "1600", "40"},
      {"a commitment is owed at quantity zero", AtLeast("100", Flat("20")), "0", "100"},
      {"a commitment is no fee on top", AtLeast("100", Flat("20")), "7", "140"},
  }));
  INFO(rule << ", quantity " << quantity);
  const Result<Price> price = CataloguePrice(D(quantity), table);
  REQUIRE(price);
  const Ratio expected = std::string(amount) == "0.000000005" ? Ratio::Of(5, 1'000'000'000)
                                                              : D(amount).ToRatio();
  CHECK(price->amount == expected);
}

TEST_CASE("Each step from the list to the amount is kept") {
  const PriceTable table = Volume({{To("50"), D("20"), D("0")}, {kOpen, D("18"), D("5")}});
  Waterfall way;
  const Price price =
      CataloguePrice(D("100"), table, ServiceLevelFactor{"gold", D("1.5")}, {}, &way).value();
  const std::vector<Step>& steps = way.steps();
  REQUIRE(steps.size() == 3);
  CHECK(steps[0].name == "list");
  CHECK(steps[0].DetailText() == "100 at 20");
  CHECK(steps[0].BeforeText() == "0");
  CHECK(steps[0].AfterText() == "2000");
  CHECK(steps[1].name == "band");
  CHECK(steps[1].DetailText() == "100 at 18, last band, flat fee 5");
  CHECK(steps[1].BeforeText() == "2000");
  CHECK(steps[1].AfterText() == "1805");
  CHECK(steps[2].name == "service_level");
  CHECK(steps[2].DetailText() == "gold, unit price times 1.5");
  CHECK(steps[2].BeforeText() == "1805");
  CHECK(steps[2].AfterText() == "2705");
  CHECK(price.list_unit_price == D("18"));
  CHECK(price.unit_price == Ratio(27));
  CHECK(price.flat_fee == Ratio(5));
}

TEST_CASE("A graduated price names each band's part, and its unit price is the average") {
  Waterfall way;
  const Price price = CataloguePrice(D("111"), Graduated(kThreeTiers), {}, {}, &way).value();
  const std::vector<Step>& steps = way.steps();
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].DetailText() == "111 at 1.5");
  CHECK(steps[1].DetailText() ==
        "10 at 1.5, band to 10; 100 at 1, band to 110; 1 at 0.5, band to 1110");
  CHECK(price.list_unit_price == D("0.5"));
  CHECK(price.unit_price == Ratio::Of(231, 222));  // 115.50 over 111 units
  CHECK(price.flat_fee == Ratio(0));

  // 10 at 10, 10 at 5 and 1 at 5 are 155; the fees 2, 3 and 3 stay apart from the average.
  const Price with_fees = CataloguePrice(D("21"), Graduated(kGraduatedWithFees)).value();
  CHECK(with_fees.unit_price == Ratio::Of(155, 21));
  CHECK(with_fees.flat_fee == Ratio(8));
}

TEST_CASE("A percentage of other lines is charged on what they cost") {
  Waterfall way;
  const Price price = CataloguePrice(D("2"), OfLines("18"), {}, Ratio(1000), &way).value();
  CHECK(price.amount == Ratio(360));
  CHECK(price.list_unit_price == D("180"));
  CHECK(way.steps()[0].name == "covered_lines");
  CHECK(way.steps()[1].DetailText() == "2 times 18 % of it");
}

TEST_CASE("A level's own price stands in for the list's, a commitment comes last") {
  PriceTable table = kVolumeWithFees;
  table.minimum = D("500");
  const ServiceLevelFactor gold{.code = "gold", .unit_price = D("4")};
  Waterfall way;
  const Price price = CataloguePrice(D("100"), table, gold, {}, &way).value();
  const std::vector<Step>& steps = way.steps();
  REQUIRE(steps.size() == 4);
  CHECK(steps[2].name == "service_level");
  CHECK(steps[2].DetailText() == "gold, 100 at 4");
  CHECK(steps[2].AfterText() == "400");
  CHECK(steps[3].name == "minimum");
  CHECK(steps[3].DetailText() == "at least 500");
  CHECK(price.list_unit_price == D("4"));
  CHECK(price.flat_fee == Ratio(100));  // what the commitment adds
}

TEST_CASE("A quantity outside the table is refused") {
  CHECK(CataloguePrice(D("-1"), Flat("20")).error().reason == "INVALID_REQUEST");
  CHECK(CataloguePrice(D("1111"), kThreeTiers).error().reason == "QUANTITY_OUTSIDE_BANDS");
  CHECK(CataloguePrice(D("1111"), Graduated(kThreeTiers)).error().reason ==
        "QUANTITY_OUTSIDE_BANDS");
}

TEST_CASE("A figure of more than eight places is rounded in its text only") {
  const Step step{"list", {}, 0, Ratio::Of(2, 3)};
  CHECK(step.AfterText() == "0.66666667");
  CHECK(step.after == Ratio::Of(2, 3));
}

TEST_CASE("The amount is quantity times unit price plus flat fee, and the steps chain") {
  CHECK(rc::check([] {
    const Decimal quantity = Decimal::FromScaled(*rc::gen::inRange<int64_t>(0, 500'00000000));
    const auto price_of = [] {
      return Decimal::FromScaled(*rc::gen::inRange<int64_t>(0, 99'00000000));
    };
    const PriceTable volume = Volume({{To("10"), price_of(), price_of()},
                                      {To("100.5"), price_of(), price_of()},
                                      {kOpen, price_of(), price_of()}});
    PriceTable table = *rc::gen::element(
        volume, Graduated(volume), Flat("3.5"), Package("7", "20"), Percentage("2.5"),
        OfLines("18"));
    if (*rc::gen::arbitrary<bool>()) table.minimum = price_of();
    if (*rc::gen::arbitrary<bool>()) table.maximum = table.minimum.value_or(0) + price_of();
    ServiceLevelFactor level{"x", price_of()};
    if (*rc::gen::arbitrary<bool>()) level.unit_price = price_of();
    Waterfall way;
    const Ratio others = Ratio::Of(1000, 3);
    const Price price = CataloguePrice(quantity, table, level, others, &way).value();
    RC_ASSERT(price.amount == CataloguePrice(quantity, table, level, others).value().amount);
    RC_ASSERT(price.amount == quantity.ToRatio() * price.unit_price + price.flat_fee);
    Ratio before = 0;
    for (const Step& step : way.steps()) {
      RC_ASSERT(step.before == before);
      before = step.after;
    }
    RC_ASSERT(before == price.amount);
  }));
}

}  // namespace
}  // namespace continuo::pricing
