// What a customer asked for over a negotiation, and what of it was not bought.
//
//   100 seats asked, then 120, then 60, 50 bought:
//     first_asked 100, peak_asked 120, last_asked 60, unbought 70
//
// Per quote and product: the quantities of several lines of one product are one demand, the same
// product in a bundle included. A product that was taken off the quote stays asked for.
#pragma once

#include <map>
#include <vector>

#include "libs/ids/kinds.h"
#include "libs/money/decimal.h"

namespace continuo::quoting::domain {

using Quantities = std::map<ids::ProductId, money::Decimal>;

struct Demand {
  ids::ProductId product_id;
  money::Decimal first_asked;
  money::Decimal peak_asked;
  money::Decimal last_asked;  // zero once it was taken off the quote
  friend bool operator==(const Demand&, const Demand&) = default;
};

struct Unbought {
  Demand demand;
  money::Decimal bought;
  money::Decimal quantity;  // > 0
  friend bool operator==(const Unbought&, const Unbought&) = default;
};

// The demands after these quantities were asked for; only those that are new or have changed.
std::vector<Demand> Followed(const std::vector<Demand>& known, const Quantities& asked);
std::vector<Unbought> NotBought(const std::vector<Demand>& known, const Quantities& bought);

}  // namespace continuo::quoting::domain
