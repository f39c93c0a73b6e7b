// When what is sold is to be handed over.
//
//   100 seats from 1 April: 30 on 1 May, 50 on 1 June
//     PlanDeliveries: 20 on 1 April, 30 on 1 May, 50 on 1 June
//
// A term of the quote, as its prices are. What is handed over in fact, and what follows from it, is not
// said here.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/decimal.h"
#include "libs/result/result.h"

namespace continuo::quoting::domain {

struct Delivery {
  calendar::Date on;
  money::Decimal quantity;  // above zero
  friend bool operator==(const Delivery&, const Delivery&) = default;
};
using Deliveries = std::vector<Delivery>;

// Each day once, and together no more than there is. `pointer`: the line's.
Result<void> CheckDeliveries(const Deliveries& deliveries, money::Decimal quantity,
                             std::string_view pointer);

struct DeliveredLine {
  money::Decimal quantity;
  std::optional<calendar::Date> first_day;  // none: the day of acceptance
  Deliveries deliveries;
};
struct PlannedDelivery {
  std::optional<calendar::Date> on;  // none: the day of acceptance
  size_t line = 0;                   // its index
  money::Decimal quantity;
};
// By day, that of acceptance first, then in the order of the lines.
std::vector<PlannedDelivery> PlanDeliveries(std::span<const DeliveredLine> lines);

}  // namespace continuo::quoting::domain
