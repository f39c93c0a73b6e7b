// What a sale earns: marginal tiers, credit to date, recoverable draw.
//
//   CreditDue(Eur("1000.00") billed to date, 5 per cent, Eur("30.00") credited so far) == 20.00
//
// Everything is computed to date and the difference is credited, so that roundings never add up and
// a billed amount that is taken back takes its commission back. Does not know who earns it.
#pragma once

#include <optional>
#include <span>

#include "libs/money/money.h"

namespace continuo::commissions::domain {

// Up to and including `up_to`; none: without end. In rising order.
struct Tier {
  std::optional<money::Money> up_to;
  money::Decimal rate_percent;
};

// Each part of the sales at the rate of the tier that it falls in. What lies above the last tier
// earns nothing.
Result<money::Money> EarnMarginally(money::Money sales, std::span<const Tier> tiers);
// All of the sales at the rate of the tier that they reach.
Result<money::Money> EarnAtReachedTier(money::Money sales, std::span<const Tier> tiers);

// The rate on everything billed to date, less what was credited before; negative: a clawback.
Result<money::Money> CreditDue(money::Money billed_to_date, money::Decimal rate_percent,
                               money::Money credited);

// A recoverable draw: at least the draw is paid; the gap is owed and repaid from what is earned
// above it.
struct Payout {
  money::Money paid;
  money::Money owed_after;
};
Payout PayWithDraw(money::Money earned, money::Money draw, money::Money owed);

}  // namespace continuo::commissions::domain
