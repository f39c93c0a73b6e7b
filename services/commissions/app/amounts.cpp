#include "services/commissions/app/amounts.h"

#include <stdexcept>

#include "continuo/type/v1/events.pb.h"

namespace continuo::commissions::app {

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
  message->set_currency(amount.currency().ToString());
}

Result<void> CheckTotals(const events::ControlTotals& counted,
                         const type::v1::ControlTotals& announced) {
  events::ControlTotals expected{.count = announced.count()};
  for (const type::v1::Money& sum : announced.sums()) {
    ASSIGN_OR_RETURN(const money::Money amount, ReadAmount(sum));
    expected.minor_by_currency[sum.currency()] += amount.minor();
  }
  return counted.Check(expected);
}

}  // namespace continuo::commissions::app
