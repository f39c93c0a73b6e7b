#include "services/commissions/domain/commission.h"

#include <algorithm>

namespace continuo::commissions::domain {

using money::Money;
using money::Percent;
using money::Ratio;

namespace {

// Nobody's derivation is less than exact for want of places: eight hold a cent's millionth.
Result<std::string> Shown(const Ratio& exact) {
  ASSIGN_OR_RETURN(const money::Decimal rounded, money::RoundToDecimal(exact, 8));
  return rounded.ToString();
}

}  // namespace

Ratio EarnMarginally(Money sales, std::span<const Tier> tiers) {
  if (sales.Sign() < 0) return EarnAtReachedTier(sales, tiers);
  Ratio earned;
  Money below = Money::Zero(sales.currency());
  for (const Tier& tier : tiers) {
    const Money top = tier.up_to ? std::min(*tier.up_to, sales) : sales;
    if (top <= below) break;
    earned += (top - below).ToRatio() * Percent(tier.rate_percent);
    below = top;
  }
  return earned;
}

Ratio EarnAtReachedTier(Money sales, std::span<const Tier> tiers) {
  for (const Tier& tier : tiers) {
    if (!tier.up_to || sales <= *tier.up_to) return sales.ToRatio() * Percent(tier.rate_percent);
  }
  return 0;
}

Result<Earned> EarnedToDate(std::span<const Billed> billed, CreditOn credit_on,
                            money::Decimal split_percent, money::Currency currency) {
  Earned earned;
  Ratio basis, sum;
  for (const Billed& part : billed) {
    const Ratio counts = part.net.ToRatio() * (credit_on == CreditOn::kPayment ? part.paid : 1);
    if (counts.IsZero()) continue;
    const Ratio before = sum;
    basis += counts;
    sum += counts * Percent(part.rate_percent);
    ASSIGN_OR_RETURN(const std::string shown, Shown(counts));
    earned.derivation.push_back(
        {.name = part.commission_class.empty() ? "rate" : "rate:" + part.commission_class,
         .detail = part.rate_percent.ToString() + " % of " + shown + " " + currency.ToString(),
         .before = before,
         .after = sum});
  }
  const Ratio share = sum * Percent(split_percent);
  earned.derivation.push_back({.name = "split",
                               .detail = split_percent.ToString() + " %",
                               .before = sum,
                               .after = share});
  ASSIGN_OR_RETURN(earned.basis, Round(basis, currency));
  ASSIGN_OR_RETURN(earned.amount, Round(share, currency));
  return earned;
}

Payout PayWithDraw(Money earned, Money draw, Money owed) {
  if (earned < draw) return {.paid = draw, .owed_after = owed + (draw - earned)};
  const Money repaid = std::min(owed, earned - draw);
  return {.paid = earned - repaid, .owed_after = owed - repaid};
}

}  // namespace continuo::commissions::domain
