#include "services/revenue/app/amounts.h"

#include <stdexcept>

#include "continuo/type/v1/events.pb.h"
#include "continuo/type/v1/money.pb.h"

namespace continuo::revenue::app {

money::Money StoredAmount(int64_t minor, std::string_view currency) {
  const Result<money::Currency> parsed = money::Currency::Parse(currency);
  if (!parsed) throw std::logic_error("stored currency " + std::string(currency));
  return money::Money::FromMinor(minor, *parsed);
}

Result<money::Money> ReadAmount(const type::v1::Money& message) {
  return money::Money::Parse(message.amount(), message.currency());
}

void WriteAmount(money::Money amount, type::v1::Money* message) {
  message->set_amount(amount.AmountText());
  message->set_currency(std::string(amount.currency().code()));
}

Result<events::ControlTotals> ReadTotals(const type::v1::ControlTotals& message) {
  events::ControlTotals totals{.count = message.count(), .minor_by_currency = {}};
  for (const type::v1::Money& sum : message.sums()) {
    ASSIGN_OR_RETURN(const money::Money amount, ReadAmount(sum));
    totals.minor_by_currency[sum.currency()] += amount.minor();
  }
  return totals;
}

}  // namespace continuo::revenue::app
