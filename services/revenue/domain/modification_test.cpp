#include "services/revenue/domain/modification.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::revenue::domain {
namespace {

using money::Money;
using money::Ratio;

Money Usd(std::string_view amount) { return Money::Parse(amount, "USD").value(); }

ModifiedObligation Running(std::string_view price, std::string_view recognised, Ratio progress,
                           bool distinct, std::string_view total, std::string_view remaining) {
  return {.distinct = distinct,
          .price = Usd(price),
          .recognised = Usd(recognised),
          .progress = progress,
          .total_standalone = Usd(total),
          .remaining_standalone = Usd(remaining)};
}
ModifiedObligation Added(std::string_view standalone, bool distinct = true) {
  return {.added = true,
          .distinct = distinct,
          .price = Usd("0.00"),
          .recognised = Usd("0.00"),
          .total_standalone = Usd(standalone),
          .remaining_standalone = Usd(standalone)};
}

ModifiedObligation HalfDone(ModifiedObligation obligation) {
  obligation.progress = Ratio::Of(1, 2);
  return obligation;
}

// "price catch_up remaining" of each obligation.
std::vector<std::string> Texts(const ModifiedContract& made) {
  std::vector<std::string> texts;
  for (const ObligationAfter& after : made.obligations) {
    texts.push_back(after.price.AmountText() + " " + after.catch_up.AmountText() + " " +
                    after.remaining.AmountText());
  }
  return texts;
}

TEST_CASE("Treatments of a modification") {
  struct Row {
    std::string rule;
    std::vector<ModifiedObligation> obligations;
    Modification modification;
    Treatment treatment;
    std::vector<std::string> after;
  };
  const Ratio half = Ratio::Of(1, 2);
  const auto row = GENERATE_COPY(values<Row>({
      {"IFRS 15 example 5 case A: 30 units more at what they sell for alone",
       {Running("12000.00", "6000.00", half, true, "12000.00", "6000.00"), Added("2850.00")},
       {.price_change = Usd("2850.00"), .added_at_standalone = true},
       Treatment::kSeparate,
       {"12000.00 0.00 6000.00", "2850.00 0.00 2850.00"}},
      {"case B: 30 units more below it; 8,400 over 90 units, 93.33 each",
       {Running("12000.00", "6000.00", half, true, "12000.00", "6000.00"), Added("3000.00")},
       {.price_change = Usd("2400.00")},
       Treatment::kProspective,
       {"11600.00 0.00 5600.00", "2800.00 0.00 2800.00"}},
      {"prospective over the remaining standalone prices",
       {Running("120000.00", "60000.00", half, true, "120000.00", "60000.00"),
        Added("30000.00")},
       {.price_change = Usd("18000.00")},
       Treatment::kProspective,
       {"112000.00 0.00 52000.00", "26000.00 0.00 26000.00"}},
      {"cumulative, downwards",
       {Running("120000.00", "60000.00", half, false, "120000.00", "60000.00")},
       {.price_change = Usd("-30000.00")},
       Treatment::kCumulative,
       {"90000.00 -15000.00 45000.00"}},
      {"cumulative, upwards: 12 of 36 months of 42,000 should be earned",
       {Running("36000.00", "12000.00", Ratio::Of(12, 36), false, "36000.00", "24000.00")},
       {.price_change = Usd("6000.00")},
       Treatment::kCumulative,
       {"42000.00 2000.00 28000.00"}},
      {"ASC 606-10-25-13(b): a floor more for the house that is half built, one obligation",
       {Running("100.00", "50.00", half, false, "100.00", "50.00"), Added("50.00", false)},
       {.price_change = Usd("20.00")},
       Treatment::kCumulative,
       {"80.00 -10.00 40.00", "40.00 0.00 40.00"}},
      {"mixed with an addition that is not distinct: earned as far as it is done",
       {Running("100.00", "0.00", 0, true, "100.00", "100.00"), HalfDone(Added("100.00", false))},
       {.price_change = Usd("60.00")},
       Treatment::kMixed,
       {"80.00 0.00 80.00", "80.00 40.00 40.00"}},
      {"mixed, over the whole updated price",
       {Running("120000.00", "60000.00", half, false, "180000.00", "90000.00"),
        Running("80000.00", "0.00", 0, true, "80000.00", "80000.00"), Added("40000.00")},
       {.price_change = Usd("50000.00"), .mixed_price = MixedPrice::kTotal},
       Treatment::kMixed,
       {"150000.00 15000.00 75000.00", "66666.67 0.00 66666.67", "33333.33 0.00 33333.33"}},
      {"mixed, over what remains: 190,000 over 90, 80 and 40",
       {Running("120000.00", "60000.00", half, false, "180000.00", "90000.00"),
        Running("80000.00", "0.00", 0, true, "80000.00", "80000.00"), Added("40000.00")},
       {.price_change = Usd("50000.00"), .mixed_price = MixedPrice::kRemaining},
       Treatment::kMixed,
       {"141428.57 10714.29 70714.28", "72380.95 0.00 72380.95", "36190.48 0.00 36190.48"}},
  }));
  CAPTURE(row.rule);
  const ModifiedContract made = ModifyContract(row.obligations, row.modification).value();
  CHECK(made.treatment == row.treatment);
  CHECK(Texts(made) == row.after);
}

TEST_CASE("A price without anything to allocate it on is refused") {
  const std::vector<ModifiedObligation> all = {
      Running("10.00", "0.00", 0, true, "0.00", "0.00")};
  CHECK_FALSE(ModifyContract(all, {.price_change = Usd("1.00")}));
  const std::vector<ModifiedObligation> none_added = {
      Running("10.00", "0.00", 0, true, "10.00", "10.00")};
  CHECK_FALSE(
      ModifyContract(none_added, {.price_change = Usd("1.00"), .added_at_standalone = true}));
}

TEST_CASE("Goods that are not distinct are no contract of their own") {
  const std::vector<ModifiedObligation> obligations = {
      Running("10.00", "0.00", 0, true, "10.00", "10.00"), Added("5.00", false)};
  const auto refused =
      ModifyContract(obligations, {.price_change = Usd("5.00"), .added_at_standalone = true});
  REQUIRE_FALSE(refused);
  REQUIRE(refused.error().violations.size() == 1);
  CHECK(refused.error().violations.front().pointer == "/obligations/1/distinct");
}

TEST_CASE("Nothing is lost: price before and change are recognised, caught up or remain") {
  CHECK(rc::check([] {
    const auto amount = [](int top) {
      return Money::FromMinor(*rc::gen::inRange(0, top), Usd("0.00").currency());
    };
    std::vector<ModifiedObligation> obligations;
    Money price = Usd("0.00"), recognised = Usd("0.00");
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
      const Money standalone = amount(1'000'000) + Usd("0.01");
      if (*rc::gen::arbitrary<bool>()) {
        obligations.push_back(Added(standalone.AmountText(), *rc::gen::arbitrary<bool>()));
        continue;
      }
      ModifiedObligation running{.distinct = *rc::gen::arbitrary<bool>(),
                                 .price = amount(1'000'000),
                                 .recognised = amount(1'000'000),
                                 .progress = Ratio::Of(*rc::gen::inRange(0, 101), 100),
                                 .total_standalone = standalone,
                                 .remaining_standalone = standalone};
      price += running.price;
      recognised += running.recognised;
      obligations.push_back(running);
    }
    const Modification modification{
        .price_change = amount(2'000'000) - Usd("10000.00"),
        .mixed_price = *rc::gen::element(MixedPrice::kTotal, MixedPrice::kRemaining)};
    const ModifiedContract made = ModifyContract(obligations, modification).value();
    RC_ASSERT(made.price == price + modification.price_change);
    Money known = recognised + made.catch_up;
    for (const ObligationAfter& after : made.obligations) known += after.remaining;
    RC_ASSERT(known == made.price);
  }));
}

}  // namespace
}  // namespace continuo::revenue::domain
