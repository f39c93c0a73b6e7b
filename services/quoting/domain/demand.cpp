#include "services/quoting/domain/demand.h"

#include <algorithm>

namespace continuo::quoting::domain {

using money::Decimal;

std::vector<Demand> Grown(const std::vector<Demand>& known, const Quantities& asked) {
  std::vector<Demand> grown;
  for (const auto& [product_id, quantity] : asked) {
    const auto found = std::find_if(known.begin(), known.end(), [&](const Demand& demand) {
      return demand.product_id == product_id;
    });
    if (found == known.end()) grown.push_back({product_id, quantity, quantity});
    if (found != known.end() && found->peak_asked < quantity) {
      grown.push_back({product_id, found->first_asked, quantity});
    }
  }
  return grown;
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
