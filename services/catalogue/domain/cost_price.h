// A unit price from what the product costs.
//
//   bought monthly at 30, mark-up 25 %: 37.5          bought yearly at 360, billed monthly: 30 a month
//   bought monthly at 30, margin 25 %:  40            a margin is of the price, a mark-up on the cost
//
// What recurs is priced by the costs that recur, brought to its billing period; what is sold once by
// what is bought once. Months meet months and days meet days: a weekly cost has no monthly price.
// Rounded half up, to two places more than the currency has, since it is the price of one unit.
#pragma once

#include <string>

#include "libs/result/result.h"
#include "services/catalogue/domain/product.h"

namespace continuo::catalogue::domain {

// A fault that points at what is missing: "/purchasing", "/purchasing/1/currency".
Result<money::Decimal> CostUnitPrice(const Product& product, const std::string& currency);

}  // namespace continuo::catalogue::domain
