#include "libs/money/price_bands.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::money {
namespace {

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }
std::optional<Decimal> To(std::string_view text) { return D(text); }
constexpr auto kOpen = std::nullopt;

// lago-api spec/services/charge_models/graduated_service_spec.rb
const std::vector<PriceBand> kGraduatedWithFees = {
    {To("10"), D("10"), D("2")}, {To("20"), D("5"), D("3")}, {kOpen, D("5"), D("3")}};
// lago-api volume_service_spec.rb
const std::vector<PriceBand> kVolumeWithFees = {
    {To("100"), D("2"), D("10")}, {To("200"), D("1"), D("0")}, {kOpen, D("0.5"), D("50")}};
// lago-api graduated_percentage_service_spec.rb; the quantity is an amount
const std::vector<PriceBand> kPercentageWithFees = {
    {To("10"), D("0.01"), D("200")}, {To("20"), D("0.02"), D("300")}, {kOpen, D("0.03"), D("400")}};
// Kill Bill TestContiguousIntervalConsumableInArrear
const std::vector<PriceBand> kThreeTiers = {
    {To("10"), D("1.5"), D("0")}, {To("110"), D("1"), D("0")}, {To("1110"), D("0.5"), D("0")}};
// Kill Bill, the same, blocks: testComputeBilledUsageWith_TOP_TIER
const std::vector<PriceBand> kBlocks = {{To("1000"), D("1"), D("0"), To("100")},
                                        {To("101000"), D("1"), D("0"), To("1000")},
                                        {kOpen, D("0.5"), D("0"), To("1000")}};
// OpenMeter rating/delta/README.md
const std::vector<PriceBand> kCrossing = {{To("15"), D("10"), D("0")}, {kOpen, D("5"), D("0")}};

TEST_CASE("Graduated: each band prices its own part") {
  using Row = std::tuple<std::vector<PriceBand>, std::string, std::string>;
  const auto [bands, quantity, price] = GENERATE(values<Row>({
      {kGraduatedWithFees, "0", "2"},
      {kGraduatedWithFees, "1", "12"},
      {kGraduatedWithFees, "10", "102"},
      {kGraduatedWithFees, "11", "110"},
      {kGraduatedWithFees, "12", "115"},
      {kGraduatedWithFees, "21", "163"},
      {kPercentageWithFees, "0", "200"},
      {kPercentageWithFees, "1", "200.01"},
      {kPercentageWithFees, "10", "200.1"},
      {kPercentageWithFees, "11", "500.12"},
      {kPercentageWithFees, "12", "500.14"},
      {kPercentageWithFees, "21", "900.33"},
      {kThreeTiers, "111", "115.5"},
  }));
  INFO(quantity);
  CHECK(GraduatedPrice(D(quantity), bands).value() == D(price));
}

TEST_CASE("Volume: the band that holds the quantity prices all of it, its upper bound included") {
  using Row = std::tuple<std::vector<PriceBand>, std::string, std::string>;
  const auto [bands, quantity, price] = GENERATE(values<Row>({
      {kVolumeWithFees, "0", "10"},
      {kVolumeWithFees, "1", "12"},
      {kVolumeWithFees, "100", "210"},
      {kVolumeWithFees, "100.5", "100.5"},
      {kVolumeWithFees, "101", "101"},
      {kVolumeWithFees, "200", "200"},
      {kThreeTiers, "111", "55.5"},
      {kBlocks, "1000", "10"},
      {kBlocks, "101000", "101"},
      {kBlocks, "101001", "51"},
      {kBlocks, "300000", "150"},
      {kCrossing, "15", "150"},
      {kCrossing, "16", "80"},
      {kCrossing, "5", "50"},
      {kCrossing, "8", "80"},
  }));
  INFO(quantity);
  CHECK(VolumePrice(D(quantity), bands).value().amount == D(price));
}

TEST_CASE("The parts of a graduated price name their band and quantity") {
  const auto prices = GraduatedPrices(D("111"), kThreeTiers).value();
  REQUIRE(prices.size() == 3);
  CHECK(prices[1].band == 1);
  CHECK(prices[1].quantity == D("100"));
  CHECK(prices[1].amount == D("100"));
  CHECK(prices[2].amount == D("0.5"));
}

TEST_CASE("A quantity outside the table has no price") {
  CHECK(VolumePrice(D("1110.00000001"), kThreeTiers).error().reason == "QUANTITY_OUTSIDE_BANDS");
  CHECK(GraduatedPrice(D("1111"), kThreeTiers).error().reason == "QUANTITY_OUTSIDE_BANDS");
  CHECK(VolumePrice(D("-1"), kThreeTiers).error().reason == "QUANTITY_OUTSIDE_BANDS");
  CHECK(GraduatedPrice(D("-1"), kThreeTiers).error().reason == "QUANTITY_OUTSIDE_BANDS");
}

TEST_CASE("A table that cannot be read is refused at the band that breaks it") {
  CHECK(ValidateBands(kBlocks).has_value());
  CHECK_FALSE(ValidateBands({}).has_value());
  const auto pointer = [](std::vector<PriceBand> bands) {
    return ValidateBands(bands).error().violations[0].pointer;
  };
  CHECK(pointer({{To("0"), D("1"), D("0")}}) == "/0");
  CHECK(pointer({{To("5"), D("1"), D("0")}, {To("5"), D("1"), D("0")}}) == "/1");
  CHECK(pointer({{kOpen, D("1"), D("0")}, {To("5"), D("1"), D("0")}}) == "/0");
  CHECK(pointer({{kOpen, D("1"), D("0"), To("0")}}) == "/0");
}

TEST_CASE("A volume table where more costs less is recognised") {
  CHECK_FALSE(IsMonotone(kBlocks));
  CHECK_FALSE(IsMonotone(kVolumeWithFees));
  CHECK(IsMonotone(std::vector<PriceBand>{{To("10"), D("1"), D("0")}, {kOpen, D("1"), D("5")}}));
}

TEST_CASE("Graduated parts sum to the quantity, and a graduated price never falls") {
  CHECK(rc::check([] {
    const Decimal less = Decimal::FromScaled(*rc::gen::inRange<std::int64_t>(0, 40'0000'0000));
    const Decimal more =
        less + Decimal::FromScaled(*rc::gen::inRange<std::int64_t>(0, 40'0000'0000));
    Decimal sum;
    const auto prices = GraduatedPrices(more, kGraduatedWithFees).value();
    for (const BandPrice& price : prices) sum += price.quantity;
    RC_ASSERT(sum == more);
    RC_ASSERT(GraduatedPrice(less, kGraduatedWithFees).value() <=
              GraduatedPrice(more, kGraduatedWithFees).value());
  }));
}

}  // namespace
}  // namespace continuo::money
