#include "services/contracts/domain/indexation.h"

#include <algorithm>

namespace continuo::contracts::domain {
namespace {

using money::Decimal;
using money::Money;
using money::Ratio;

Result<IndexedPrice> Indexed(const Ratio& from, Ratio change_percent, money::Currency currency,
                             const IndexationRules& rules) {
  if (rules.change_places) {
    ASSIGN_OR_RETURN(const Decimal rounded,
                     money::RoundToDecimal(change_percent, *rules.change_places));
    change_percent = rounded.ToRatio();
  }
  IndexedPrice indexed{.change_percent = change_percent + rules.margin_percent.ToRatio()};
  indexed.applied_percent = indexed.change_percent;
  if (rules.floor_percent) {
    indexed.applied_percent = std::max(indexed.applied_percent, rules.floor_percent->ToRatio());
  }
  if (rules.cap_percent) {
    indexed.applied_percent = std::min(indexed.applied_percent, rules.cap_percent->ToRatio());
  }
  indexed.exact = from * (Ratio(1) + indexed.applied_percent / 100);
  ASSIGN_OR_RETURN(indexed.price, money::Round(indexed.exact, currency, rules.rounding));
  return indexed;
}

Ratio Carried(const IndexedPrice& indexed, const IndexationRules& rules) {
  return rules.carried == CarriedPrice::kRounded ? indexed.price.ToRatio() : indexed.exact;
}

Ratio ChangePercent(Decimal from, Decimal to) { return (to / from - Ratio(1)) * 100; }

}  // namespace

Result<std::vector<IndexedPrice>> IndexFixed(Money price, Decimal percent, int times,
                                             const IndexationRules& rules) {
  std::vector<IndexedPrice> prices;
  Ratio from = price.ToRatio();
  for (int i = 0; i < times; ++i) {
    ASSIGN_OR_RETURN(IndexedPrice next,
                     Indexed(from, percent.ToRatio(), price.currency(), rules));
    from = Carried(next, rules);
    prices.push_back(std::move(next));
  }
  return prices;
}

Result<std::vector<IndexedPrice>> IndexOnBase(Money price, Decimal base,
                                              std::span<const Decimal> readings,
                                              const IndexationRules& rules) {
  std::vector<IndexedPrice> prices;
  for (const Decimal& reading : readings) {
    ASSIGN_OR_RETURN(IndexedPrice next, Indexed(price.ToRatio(), ChangePercent(base, reading),
                                                price.currency(), rules));
    prices.push_back(std::move(next));
  }
  return prices;
}

Result<std::vector<IndexedPrice>> IndexInChain(Money price, Decimal base,
                                               std::span<const Decimal> readings,
                                               const IndexationRules& rules) {
  std::vector<IndexedPrice> prices;
  Ratio from = price.ToRatio();
  for (const Decimal& reading : readings) {
    ASSIGN_OR_RETURN(IndexedPrice next,
                     Indexed(from, ChangePercent(base, reading), price.currency(), rules));
    from = Carried(next, rules);
    base = reading;
    prices.push_back(std::move(next));
  }
  return prices;
}

}  // namespace continuo::contracts::domain
