#include "services/quoting/app/amounts.h"

#include "continuo/type/v1/money.pb.h"

namespace continuo::quoting::app {

Result<money::Money> MoneyOf(const type::v1::Money& message) {
  return money::Money::Parse(message.amount(), message.currency());
}

void SetMoney(const money::Money& amount, type::v1::Money* message) {
  message->set_amount(amount.AmountText());
  message->set_currency(amount.currency().ToString());
}

}  // namespace continuo::quoting::app
