// The bundles that a line was sold in, and what they make of its price.
//
//   a suite at 100 for one, sold twice, of two parts that cost 90 and 30 alone:
//     200 over 180 and 60 -> 150.00 and 50.00
//
// A bundle of the quote is one sale of a bundle product: two sales of the same product are two.
#pragma once

#include <optional>
#include <string>

#include "libs/ids/kinds.h"
#include "libs/ids/uuid.h"
#include "libs/money/decimal.h"

namespace continuo::quoting::domain {

inline constexpr size_t kBundleLevels = 3;  // as the catalogue has it

enum class BundlePriceMethod {
  kSum,       // its parts at their own prices
  kDiscount,  // the same, less a percentage
  kOverride,  // a price of its own, over the parts in proportion to their own prices
};

struct Bundle {
  ids::Uuid id;
  ids::ProductId product_id;
  int product_version = 0;
  std::string code;
  money::Decimal quantity;  // how many of it; of an inner bundle, in all
  BundlePriceMethod method = BundlePriceMethod::kSum;
  money::Decimal discount_percent;      // kDiscount
  std::optional<money::Decimal> price;  // kOverride: of one bundle, in the quote's currency
  std::string price_book = {};          // code of the price book that it is from; empty: none

  friend bool operator==(const Bundle&, const Bundle&) = default;
};

}  // namespace continuo::quoting::domain
