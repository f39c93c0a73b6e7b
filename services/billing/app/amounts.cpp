#include "services/billing/app/amounts.h"

#include <stdexcept>

#include "continuo/type/v1/money.pb.h"

namespace continuo::billing::app {

money::Money StoredAmount(int64_t minor, std::string_view currency) {
  const Result<money::Currency> parsed = money::Currency::Parse(currency);
  if (!parsed) throw std::logic_error("stored currency " + std::string(currency));
  return money::Money::FromMinor(minor, *parsed);
}

Result<money::Money> ReadAmount(const type::v1::Money& message, const std::string& pointer) {
  Result<money::Money> amount = money::Money::Parse(message.amount(), message.currency());
  if (amount) return amount;
  return Invalid(pointer, "INVALID_AMOUNT", amount.error().message);
}

void WriteAmount(money::Money amount, type::v1::Money* message) {
  message->set_amount(amount.AmountText());
  message->set_currency(std::string(amount.currency().code()));
}

}  // namespace continuo::billing::app
