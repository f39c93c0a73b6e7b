// The figures of /v1/calculations between the domain and the messages, the same for every service
// that owns one of them.
//
//   AddStep(answer.mutable_derivation(), "ratio", "17 of 90 days", Ratio::Of(17, 90));
//   // {"name":"ratio","detail":"17 of 90 days","exact":"17/90","rounded":"0.18888889"}
//   AddStep(answer.mutable_derivation(), "amount", "", Ratio::Of(850, 9), price);
//   // {"name":"amount","detail":null,"exact":"850/9","rounded":"94.44"}
//
// It holds no rule: what a figure is, the services' domain says.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <string_view>

#include "libs/money/money.h"

namespace continuo::type::v1 {
class CalculationStep;
class Money;
}  // namespace continuo::type::v1

namespace continuo::calculations {

using Steps = google::protobuf::RepeatedPtrField<type::v1::CalculationStep>;

// A decimal where at most eight places hold it, otherwise a fraction.
std::string ExactText(const money::Ratio& figure);
// Half up to at most eight places; a figure that no decimal holds stays a fraction.
std::string RoundedText(const money::Ratio& figure);

void AddStep(Steps* steps, std::string_view name, std::string_view detail,
             const money::Ratio& figure);
// `kept` is the amount that the exact figure, in major units, became.
void AddStep(Steps* steps, std::string_view name, std::string_view detail,
             const money::Ratio& exact, const money::Money& kept);

// `pointer` names the message in the request: "/amounts/0".
Result<money::Money> ReadMoney(const type::v1::Money& message, const std::string& pointer);
// The same, in the currency of the rest of the request.
Result<money::Money> ReadMoney(const type::v1::Money& message, money::Currency currency,
                               const std::string& pointer);
void WriteMoney(const money::Money& amount, type::v1::Money* message);

// Empty text is zero, `pointer` names a text that is no decimal.
Result<money::Decimal> ReadDecimal(const std::string& text, const std::string& pointer);

// A value of continuo.type.v1.RoundingMode; unspecified is half up.
money::Rounding RoundingOf(int mode);

}  // namespace continuo::calculations
