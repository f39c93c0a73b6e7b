#include "services/commissions/app/calculate_commission.h"

#include "continuo/commissions/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "services/commissions/domain/commission.h"

namespace continuo::commissions::app {
namespace {

using calculations::ReadDecimal;
using calculations::ReadMoney;
using calculations::WriteMoney;
using money::Currency;
using money::Money;

Result<std::vector<domain::Tier>> TiersOf(const v1::CommissionCalculationRequest& request,
                                          Currency currency) {
  std::vector<domain::Tier> tiers;
  Money below = Money::Zero(currency);
  for (int i = 0; i < request.tiers_size(); ++i) {
    const v1::CalculatedTier& message = request.tiers(i);
    const std::string pointer = "/tiers/" + std::to_string(i);
    domain::Tier tier;
    ASSIGN_OR_RETURN(tier.rate_percent,
                     ReadDecimal(message.rate_percent(), pointer + "/rate_percent"));
    if (!message.has_up_to()) {
      if (i + 1 < request.tiers_size()) {
        return Invalid(pointer + "/up_to", "REQUIRED", "Only the last tier is without end.");
      }
      tiers.push_back(tier);
      break;
    }
    ASSIGN_OR_RETURN(const Money up_to, ReadMoney(message.up_to(), currency, pointer + "/up_to"));
    if (up_to <= below) {
      return Invalid(pointer + "/up_to/amount", "OUT_OF_RANGE", "Tiers ascend from zero.");
    }
    tier.up_to = below = up_to;
    tiers.push_back(tier);
  }
  return tiers;
}

// A draw pays at least itself; without one, what is earned is what is paid.
Result<domain::Payout> PayoutOf(const v1::CommissionCalculationRequest& request, Money earned,
                                Money owed) {
  if (!request.has_draw()) return domain::Payout{.paid = earned, .owed_after = owed};
  ASSIGN_OR_RETURN(const Money draw, ReadMoney(request.draw(), earned.currency(), "/draw"));
  if (draw.Sign() < 0) return Invalid("/draw/amount", "OUT_OF_RANGE", "A draw is zero or more.");
  return domain::PayWithDraw(earned, draw, owed);
}

Result<Money> EarnedOn(const v1::CommissionCalculationRequest& request, Money sales,
                       std::span<const domain::Tier> tiers, money::Decimal split) {
  const money::Ratio earned = request.method() == v1::TIER_METHOD_REACHED
                                  ? domain::EarnAtReachedTier(sales, tiers)
                                  : domain::EarnMarginally(sales, tiers);
  return money::Round(earned * money::Percent(split), sales.currency());
}

}  // namespace

Result<v1::CalculatedCommission> CalculateCommission(
    const v1::CommissionCalculationRequest& request) {
  ASSIGN_OR_RETURN(const Money first, ReadMoney(request.sales(0), "/sales/0"));
  const Currency currency = first.currency();
  ASSIGN_OR_RETURN(const std::vector<domain::Tier> tiers, TiersOf(request, currency));
  money::Decimal split = 100;
  if (!request.split_percent().empty()) {
    ASSIGN_OR_RETURN(split, ReadDecimal(request.split_percent(), "/split_percent"));
  }
  v1::CalculatedCommission answer;
  Money sales = Money::Zero(currency), earned = sales, paid = sales, owed = sales;
  for (int i = 0; i < request.sales_size(); ++i) {
    const std::string pointer = "/sales/" + std::to_string(i);
    ASSIGN_OR_RETURN(const Money sold, ReadMoney(request.sales(i), currency, pointer));
    ASSIGN_OR_RETURN(sales, money::Add(sales, sold));
    ASSIGN_OR_RETURN(const Money to_date, EarnedOn(request, sales, tiers, split));
    ASSIGN_OR_RETURN(const domain::Payout payout, PayoutOf(request, to_date - earned, owed));
    v1::CommissionPeriod& period = *answer.add_periods();
    WriteMoney(sales, period.mutable_sales_to_date());
    WriteMoney(to_date, period.mutable_earned_to_date());
    WriteMoney(to_date - earned, period.mutable_earned());
    WriteMoney(payout.paid, period.mutable_paid());
    WriteMoney(payout.owed_after, period.mutable_owed_after());
    calculations::AddStep(answer.mutable_derivation(), "earned_to_date",
                          split.ToString() + " % of what " + sales.AmountText() + " earn",
                          to_date.ToRatio(), to_date);
    earned = to_date;
    owed = payout.owed_after;
    ASSIGN_OR_RETURN(paid, money::Add(paid, payout.paid));
  }
  WriteMoney(earned, answer.mutable_earned());
  WriteMoney(paid, answer.mutable_paid());
  return answer;
}

}  // namespace continuo::commissions::app
