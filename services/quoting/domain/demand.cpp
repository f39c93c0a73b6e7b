#include "services/quoting/domain/demand.h"

#include <algorithm>

namespace continuo::quoting::domain {

using money::Decimal;

std::vector<Demand> Followed(const std::vector<Demand>& known, const Quantities& asked) {
  std::vector<Demand> followed;
  Quantities added = asked;
  for (const Demand& demand : known) {
    const auto found = added.find(demand.product_id);
    Demand now = demand;
    now.last_asked = found == added.end() ? Decimal(0) : found->second;
    now.peak_asked = std::max(now.peak_asked, now.last_asked);
    if (now != demand) followed.push_back(now);
    if (found != added.end()) added.erase(found);
  }
  for (const auto& [product_id, quantity] : added) {
    followed.push_back({product_id, quantity, quantity, quantity});
  }
  return followed;
}

std::vector<Unbought> NotBought(const std::vector<Demand>& known, const Quantities& bought) {
  std::vector<Unbought> rest;
  for (const Demand& demand : known) {
    const auto found = bought.find(demand.product_id);
    const Decimal quantity = found == bought.end() ? Decimal(0) : found->second;
    if (quantity < demand.peak_asked) {
      rest.push_back({demand, quantity, demand.peak_asked - quantity});
    }
  }
  return rest;
}

}  // namespace continuo::quoting::domain
