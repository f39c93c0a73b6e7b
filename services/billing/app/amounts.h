// Amounts between the domain, the columns and the messages.
#pragma once

#include <cstdint>
#include <string_view>

#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::type::v1 {
class Money;
}
namespace continuo::postgres {
class Row;
}

namespace continuo::billing::app {

// Of a currency that is stored, and therefore exists.
money::Money StoredAmount(int64_t minor, std::string_view currency);
// `pointer` names the message in the request: "/amount".
Result<money::Money> ReadAmount(const type::v1::Money& message, const std::string& pointer);
void WriteAmount(money::Money amount, type::v1::Money* message);

}  // namespace continuo::billing::app
