#include "services/quoting/domain/delivery.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace continuo::quoting::domain {
namespace {

using money::Decimal;

Decimal Sum(const Deliveries& deliveries) {
  Decimal sum;
  for (const Delivery& delivery : deliveries) sum += delivery.quantity;
  return sum;
}

}  // namespace

Result<void> CheckDeliveries(const Deliveries& deliveries, Decimal quantity,
                             std::string_view pointer) {
  const std::string where = std::string(pointer) + "/deliveries";
  std::set<calendar::Date> days;
  for (size_t i = 0; i < deliveries.size(); ++i) {
    if (days.insert(deliveries[i].on).second) continue;
    return Invalid(where + "/" + std::to_string(i) + "/on", "DUPLICATE",
                   "Two deliveries are on " + deliveries[i].on.ToString() + ". Make them one.");
  }
  const Decimal sum = Sum(deliveries);
  if (sum <= quantity) return {};
  return Invalid(where, "OUT_OF_RANGE",
                 "Deliveries of " + sum.ToString() + " are more than the line's " +
                     quantity.ToString() + ". Change them together with the quantity.");
}

std::vector<PlannedDelivery> PlanDeliveries(std::span<const DeliveredLine> lines) {
  std::vector<PlannedDelivery> planned;
  for (size_t i = 0; i < lines.size(); ++i) {
    std::map<std::optional<calendar::Date>, Decimal> by_day;
    const Decimal rest = lines[i].quantity - Sum(lines[i].deliveries);
    if (rest.Sign() > 0) by_day[lines[i].first_day] += rest;
    for (const Delivery& delivery : lines[i].deliveries) by_day[delivery.on] += delivery.quantity;
    for (const auto& [on, quantity] : by_day) planned.push_back({on, i, quantity});
  }
  std::stable_sort(planned.begin(), planned.end(),
                   [](const auto& one, const auto& other) { return one.on < other.on; });
  return planned;
}

}  // namespace continuo::quoting::domain
