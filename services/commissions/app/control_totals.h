// Control totals from a message, to compare with what was counted.
#pragma once

#include "continuo/type/v1/events.pb.h"
#include "libs/events/control_totals.h"
#include "libs/money/money.h"

namespace continuo::commissions::app {

inline Result<money::Money> ReadAmount(const type::v1::Money& message) {
  return money::Money::Parse(message.amount(), message.currency());
}

inline Result<events::ControlTotals> ReadTotals(const type::v1::ControlTotals& message) {
  events::ControlTotals totals{.count = message.count()};
  for (const type::v1::Money& sum : message.sums()) {
    ASSIGN_OR_RETURN(const money::Money amount, ReadAmount(sum));
    totals.minor_by_currency[sum.currency()] += amount.minor();
  }
  return totals;
}

}  // namespace continuo::commissions::app
