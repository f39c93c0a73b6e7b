#include "services/commissions/domain/commission.h"

#include <algorithm>

namespace continuo::commissions::domain {

using money::Money;
using money::Percent;
using money::Ratio;

Result<Money> EarnMarginally(Money sales, std::span<const Tier> tiers) {
  Ratio earned;
  Money below = Money::Zero(sales.currency());
  for (const Tier& tier : tiers) {
    const Money top = tier.up_to ? std::min(*tier.up_to, sales) : sales;
    if (top <= below) break;
    earned += (top - below).ToRatio() * Percent(tier.rate_percent);
    below = top;
  }
  return Round(earned, sales.currency());
}

Result<Money> EarnAtReachedTier(Money sales, std::span<const Tier> tiers) {
  for (const Tier& tier : tiers) {
    if (!tier.up_to || sales <= *tier.up_to) return PercentOf(sales, tier.rate_percent);
  }
  return Money::Zero(sales.currency());
}

Result<Money> CreditDue(Money billed_to_date, money::Decimal rate_percent, Money credited) {
  ASSIGN_OR_RETURN(const Money earned, PercentOf(billed_to_date, rate_percent));
  return Subtract(earned, credited);
}

Payout PayWithDraw(Money earned, Money draw, Money owed) {
  if (earned < draw) return {.paid = draw, .owed_after = owed + (draw - earned)};
  const Money repaid = std::min(owed, earned - draw);
  return {.paid = earned - repaid, .owed_after = owed - repaid};
}

}  // namespace continuo::commissions::domain
