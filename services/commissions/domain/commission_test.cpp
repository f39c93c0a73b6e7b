#include "services/commissions/domain/commission.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"
#include "services/commissions/domain/sale_claim.h"

namespace continuo::commissions::domain {
namespace {

using money::Decimal;
using money::Money;

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
  };
  for (const Row& row : rows) {
    CAPTURE(row.sales);
    CHECK(EarnMarginally(Eur(row.sales), row.tiers).value() == Eur(row.earned));
  }
}

TEST_CASE("unsplit, all of the sales earn the rate of the tier they reach") {
  CHECK(EarnAtReachedTier(Eur("1000"), kTwoTiers).value() == Eur("40"));
  CHECK(EarnAtReachedTier(Eur("1500"), kTwoTiers).value() == Eur("150"));
  CHECK(EarnAtReachedTier(Eur("2000.01"), kTwoTiers).value() == Eur("0"));
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

// github.com/OCA/commission, pull request 607 and issue 55.
TEST_CASE("an invoice that is credited in full earns nothing") {
  const Money credit = CreditDue(Eur("100"), 5, Eur("0")).value();
  CHECK(credit == Eur("5"));
  CHECK(CreditDue(Eur("0"), 5, credit).value() == Eur("-5"));
}

TEST_CASE("a claim is verified once, by somebody else") {
  CHECK(CheckVerification({true, "usr_a"}, "usr_b").has_value());
  CHECK(CheckVerification({true, "usr_a"}, "usr_a").error().reason ==
        "SALE_LINK_SELF_VERIFICATION");
  CHECK(CheckVerification({false, "usr_a"}, "usr_b").error().reason == "SALE_LINK_NOT_CLAIMED");
}

TEST_CASE("law: credits sum to the rate on everything billed, rounded once") {
  CHECK(rc::check([](const std::vector<int32_t>& billed) {
    const Decimal rate = Decimal::Parse("7.3").value();
    Money total = Cents(0);
    Money credited = Cents(0);
    for (const int32_t minor : billed) {
      total += Cents(minor);
      credited += CreditDue(total, rate, credited).value();
    }
    RC_ASSERT(credited == PercentOf(total, rate).value());
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
