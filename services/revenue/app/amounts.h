// Amounts between the domain, the columns and the messages.
#pragma once

#include <cstdint>
#include <string_view>

#include "libs/events/control_totals.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::type::v1 {
class ControlTotals;
class Money;
}  // namespace continuo::type::v1

namespace continuo::revenue::app {

// Of a currency that is stored, and therefore exists.
money::Money StoredAmount(int64_t minor, std::string_view currency);
// Of a document that its owner has checked.
Result<money::Money> ReadAmount(const type::v1::Money& message);
void WriteAmount(money::Money amount, type::v1::Money* message);
Result<events::ControlTotals> ReadTotals(const type::v1::ControlTotals& message);

}  // namespace continuo::revenue::app
