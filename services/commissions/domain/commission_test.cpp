#include "services/commissions/domain/commission.h"

#include <rapidcheck.h>

#include <numeric>

#include "libs/testing/catch/catch.h"

namespace continuo::commissions::domain {
namespace {

using money::Decimal;
using money::Money;
using money::Ratio;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }
Money Cents(int64_t minor) { return Money::FromMinor(minor, Eur("0.00").currency()); }

// huggingface.co/salestool/TieredCommissionCalculator.
const std::vector<Tier> kThreeTiers{{Eur("10000"), 5}, {Eur("25000"), 7}, {std::nullopt, 10}};
// docs.oracle.com/cd/A60725_05, Defining Split and Non-Split Commissions: the tables.
const std::vector<Tier> kTwoTiers{{Eur("1000"), 4}, {Eur("2000"), 10}};

TEST_CASE("each part of the sales earns the rate of its own tier") {
  struct Row {
    const std::vector<Tier>& tiers;
    const char* sales;
    const char* earned;
  };
  const std::vector<Row> rows{
      {kThreeTiers, "0", "0"},        {kThreeTiers, "10000", "500"}, {kThreeTiers, "25000", "1550"},
      {kThreeTiers, "30000", "2050"}, {kTwoTiers, "1500", "90"},     {kTwoTiers, "3000", "140"},
      {kTwoTiers, "-500", "-20"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sales);
    CHECK(EarnMarginally(Eur(row.sales), row.tiers) == Eur(row.earned).ToRatio());
  }
}

TEST_CASE("unsplit, all of the sales earn the rate of the tier they reach") {
  CHECK(EarnAtReachedTier(Eur("1000"), kTwoTiers) == Ratio(40));
  CHECK(EarnAtReachedTier(Eur("1500"), kTwoTiers) == Ratio(150));
  CHECK(EarnAtReachedTier(Eur("2000.01"), kTwoTiers) == Ratio(0));
  CHECK(EarnAtReachedTier(Eur("-500"), kTwoTiers) == Ratio(-20));
}

TEST_CASE("tiers earn exactly: rounding is for whoever takes a share of it") {
  const std::vector<Tier> ten{{std::nullopt, 10}};
  CHECK(EarnMarginally(Eur("1.25"), ten) == Ratio::Of(1, 8));
  CHECK(EarnAtReachedTier(Eur("1.25"), ten) == Ratio::Of(1, 8));
}

// docs.oracle.com/cd/E05553_01, Siebel Incentive Compensation Plan Design: Recoverable Draw.
TEST_CASE("a recoverable draw over six months") {
  struct Row {
    const char* earned;
    const char* paid;
    const char* owed_after;
  };
  const std::vector<Row> months{{"2750", "2750", "0"},  {"3000", "3000", "0"},
                                {"1500", "2000", "500"}, {"2375", "2000", "125"},
                                {"3000", "2875", "0"},  {"2750", "2750", "0"}};
  Money owed = Eur("0");
  for (const Row& month : months) {
    CAPTURE(month.earned);
    const Payout payout = PayWithDraw(Eur(month.earned), Eur("2000"), owed);
    CHECK(payout.paid == Eur(month.paid));
    CHECK(payout.owed_after == Eur(month.owed_after));
    owed = payout.owed_after;
  }
}

Billed Of(const char* commission_class, const char* net, const char* rate, Ratio paid = 1) {
  return {commission_class, Eur(net), Decimal::Parse(rate).value(), paid};
}

TEST_CASE("what a share of a sale has earned to date") {
  struct Row {
    const char* rule;
    std::vector<Billed> billed;
    CreditOn credit_on;
    const char* split;
    const char* basis;
    const char* earned;
  };
  const std::vector<Row> rows{
      {"nothing billed", {}, CreditOn::kInvoice, "100", "0", "0"},
      {"one rate", {Of("", "1000.00", "5")}, CreditOn::kInvoice, "100", "1000", "50"},
      {"each class at its own rate",
       {Of("licence", "1000.00", "8"), Of("support", "6000.00", "3")},
       CreditOn::kInvoice, "100", "7000", "260"},
      {"half of it", {Of("licence", "1000.00", "8"), Of("support", "6000.00", "3")},
       CreditOn::kInvoice, "50", "7000", "130"},
      {"half a cent rounds up, away from zero", {Of("", "0.10", "5")}, CreditOn::kInvoice, "100",
       "0.10", "0.01"},
      {"rounded once: 0.0333 + 0.0333 + 0.0333",
       {Of("a", "0.10", "33.3"), Of("b", "0.10", "33.3"), Of("c", "0.10", "33.3")},
       CreditOn::kInvoice, "100", "0.30", "0.10"},
      // github.com/OCA/commission, pull request 607 and issue 55.
      {"credited in full", {Of("", "100.00", "5"), Of("", "-100.00", "5")}, CreditOn::kInvoice,
       "100", "0", "0"},
      {"credited beyond: taken back", {Of("", "-100.00", "5")}, CreditOn::kInvoice, "100", "-100",
       "-5"},
      {"by invoice, payment does not matter", {Of("", "1000.00", "5", 0)}, CreditOn::kInvoice,
       "100", "1000", "50"},
      {"by payment, nothing is paid", {Of("", "1000.00", "5", 0)}, CreditOn::kPayment, "100", "0",
       "0"},
      {"by payment, 300 of 1190 with tax",
       {Of("", "1000.00", "5", Ratio::Of(30000, 119000)), Of("", "500.00", "5", 1)},
       CreditOn::kPayment, "100", "752.10", "37.61"},
      {"no rate, no commission", {Of("", "1000.00", "0")}, CreditOn::kInvoice, "100", "1000", "0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.rule);
    const auto earned = EarnedToDate(row.billed, row.credit_on, Decimal::Parse(row.split).value(),
                                     Eur("0").currency());
    REQUIRE(earned);
    CHECK(earned->basis == Eur(row.basis));
    CHECK(earned->amount == Eur(row.earned));
  }
}

TEST_CASE("a derivation tells every rate, then the split") {
  const std::vector<Billed> billed{Of("licence", "1000.00", "8"), Of("", "100.00", "3")};
  const auto derivation =
      EarnedToDate(billed, CreditOn::kInvoice, 50, Eur("0").currency())->derivation;
  REQUIRE(derivation.size() == 3);
  CHECK(derivation[0].name == "rate:licence");
  CHECK(derivation[0].detail == "8 % of 1000 EUR");
  CHECK(derivation[1].name == "rate");
  CHECK(derivation[1].before == Ratio(80));
  CHECK(derivation[1].after == Ratio(83));
  CHECK(derivation[2].detail == "50 %");
  CHECK(derivation[2].after == Ratio::Of(83, 2));
}

TEST_CASE("law: credits sum to what everything billed earns, rounded once") {
  CHECK(rc::check([](const std::vector<int32_t>& invoices) {
    std::vector<Billed> billed;
    Money credited = Cents(0);
    for (const int32_t minor : invoices) {
      billed.push_back({"", Cents(minor), Decimal::Parse("7.3").value(), 1});
      credited += EarnedToDate(billed, CreditOn::kInvoice, 100, Cents(0).currency())->amount -
                  credited;
    }
    const Money all = std::accumulate(invoices.begin(), invoices.end(), Cents(0),
                                      [](Money sum, int32_t minor) { return sum + Cents(minor); });
    RC_ASSERT(credited == PercentOf(all, Decimal::Parse("7.3").value()).value());
  }));
}

TEST_CASE("law: splits lose no more than half a cent each") {
  CHECK(rc::check([](uint32_t minor, uint8_t first) {
    const Decimal percent(1 + first % 99);
    const std::vector<Billed> billed{{"", Cents(minor), 7, 1}};
    const auto share = [&](Decimal split) {
      return EarnedToDate(billed, CreditOn::kInvoice, split, Cents(0).currency())->amount.minor();
    };
    const int64_t difference = share(percent) + share(Decimal(100) - percent) - share(100);
    RC_ASSERT(difference >= -1 && difference <= 1);
  }));
}

TEST_CASE("law: what is half paid earns half, and all of it when it is paid") {
  CHECK(rc::check([](uint32_t minor, uint16_t part) {
    const std::vector<Billed> some{{"", Cents(minor), 7, Ratio::Of(part, 65535)}};
    const std::vector<Billed> all{{"", Cents(minor), 7, 1}};
    const money::Currency eur = Cents(0).currency();
    const Money earned = EarnedToDate(some, CreditOn::kPayment, 100, eur)->amount;
    RC_ASSERT(earned <= EarnedToDate(all, CreditOn::kPayment, 100, eur)->amount);
    RC_ASSERT(earned >= Cents(0));
    RC_ASSERT(EarnedToDate(all, CreditOn::kPayment, 100, eur)->amount ==
              EarnedToDate(some, CreditOn::kInvoice, 100, eur)->amount);
  }));
}

TEST_CASE("law: what a draw paid is what was earned and what is owed") {
  CHECK(rc::check([](const std::vector<uint16_t>& months, uint16_t draw) {
    Money owed = Cents(0);
    Money balance = Cents(0);  // paid - earned
    for (const uint16_t earned : months) {
      const Payout payout = PayWithDraw(Cents(earned), Cents(draw), owed);
      owed = payout.owed_after;
      balance += payout.paid - Cents(earned);
      RC_ASSERT(payout.paid >= Cents(draw));
      RC_ASSERT(balance == owed);
    }
  }));
}

}  // namespace
}  // namespace continuo::commissions::domain
