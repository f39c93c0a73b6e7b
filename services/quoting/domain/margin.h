// What a sale leaves after what has to be bought for it.
//
//   700 USD a year for support over 3 years       cost 2100.00 USD
//   sold for 5400.00 EUR, one USD is 0.9 EUR      cost 1890.00 EUR, margin 3510.00 EUR, 65 %
//
// Costs are summed in the currencies that they are paid in; only those sums are converted. Where one
// rate is unknown there is no margin at all: a figure without a part of the cost would be wrong.
//
// An element that is bought again each period counts the whole term of the line, a broken last
// period by its share, as the buy-side schedule will.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/money/money.h"
#include "libs/result/result.h"
#include "services/quoting/domain/recurrence.h"

namespace continuo::quoting::domain {

struct BoughtElement {
  money::Currency currency;
  money::Decimal unit_cost;
  money::Decimal quantity;
  std::optional<Period> period;  // none: bought once
  std::optional<Period> term;    // the line's; none: twelve months count
};

// How often it is bought over its line's term.
money::Ratio TimesBought(const BoughtElement& element);
Result<money::Money> CostOf(const BoughtElement& element);

// By currency code, ascending.
using Costs = std::map<std::string, money::Money>;
Result<Costs> SumCosts(std::span<const money::Money> costs);

// Units of the quote's currency for one of another, by the other's code.
using Rates = std::map<std::string, money::Ratio>;

struct Margin {
  money::Money cost;
  money::Money margin;
  std::optional<money::Decimal> percent;  // of what the customer pays, four places
};
struct MarginOrReason {
  std::optional<Margin> margin;
  std::vector<std::string> unknown_rates;  // currencies; empty where there is a margin
};
Result<MarginOrReason> MarginOf(money::Money term_total, const Costs& costs, const Rates& rates);

}  // namespace continuo::quoting::domain
