#include "services/catalogue/domain/cost_price.h"

#include "libs/money/currency.h"

namespace continuo::catalogue::domain {
namespace {

using calendar::Cycle;
using money::Ratio;

bool Meet(const Cycle& cost, const Cycle& billing) { return cost.InMonths() == billing.InMonths(); }

Ratio PeriodsIn(const Cycle& billing, const Cycle& cost) {
  if (billing.InMonths()) return Ratio::Of(billing.Months(), cost.Months());
  return Ratio::Of(billing.Days(), cost.Days());
}

std::string At(size_t index, const char* field) {
  return "/purchasing/" + std::to_string(index) + "/" + field;
}

Ratio PriceOf(const Ratio& cost, const CostPlus& terms) {
  if (terms.markup_percent) return cost * (Ratio(1) + money::Percent(*terms.markup_percent));
  return cost / money::RemainingAfter(terms.margin_percent.value_or(0));
}

}  // namespace

Result<money::Decimal> CostUnitPrice(const Product& product, const std::string& currency) {
  const bool recurs = Recurs(product.kind);
  std::optional<Cycle> billing;
  if (product.billing) billing = product.billing->period;
  Ratio cost;
  bool any = false;
  for (size_t i = 0; i < product.purchases.size(); ++i) {
    const Purchase& purchase = product.purchases[i];
    if (purchase.period.has_value() != recurs) continue;
    if (purchase.currency != currency) {
      return Invalid(At(i, "currency"), "COST_IN_OTHER_CURRENCY",
                     "The price in " + currency + " comes from the costs, and this one is in " +
                         purchase.currency + ". Name the cost in " + currency + ".");
    }
    any = true;
    if (!recurs) {
      cost += purchase.unit_cost;
      continue;
    }
    if (!billing || !Meet(*purchase.period, *billing)) {
      return Invalid(At(i, "period"), "PERIODS_DO_NOT_MEET",
                     "A cost by days has no price by months. Name both in months, or in days.");
    }
    cost += purchase.unit_cost.ToRatio() * PeriodsIn(*billing, *purchase.period);
  }
  if (!any) {
    return Invalid("/purchasing", "REQUIRED",
                   recurs ? "The price comes from the costs that recur. Name one, with its period."
                          : "The price comes from the costs. Name what is bought once.");
  }
  ASSIGN_OR_RETURN(const money::Currency known, money::Currency::Parse(currency));
  return money::RoundToDecimal(PriceOf(cost, product.pricing->cost_plus), known.exponent() + 2);
}

}  // namespace continuo::catalogue::domain
