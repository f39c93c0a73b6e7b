// Money between its domain form and the message that carries it.
#pragma once

#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::type::v1 {
class Money;
}

namespace continuo::quoting::app {

Result<money::Money> MoneyOf(const type::v1::Money& message);
void SetMoney(const money::Money& amount, type::v1::Money* message);

}  // namespace continuo::quoting::app
