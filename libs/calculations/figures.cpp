#include "libs/calculations/figures.h"

#include "continuo/type/v1/calculation.pb.h"
#include "continuo/type/v1/money.pb.h"

namespace continuo::calculations {
namespace {

using money::Currency;
using money::Decimal;
using money::Money;
using money::Ratio;

type::v1::CalculationStep& Step(Steps* steps, std::string_view name, std::string_view detail,
                                const Ratio& exact) {
  type::v1::CalculationStep& step = *steps->Add();
  step.set_name(std::string(name));
  step.set_detail(std::string(detail));
  step.set_exact(ExactText(exact));
  return step;
}

}  // namespace

std::string ExactText(const Ratio& figure) {
  const Result<Decimal> decimal = money::RoundToDecimal(figure, Decimal::kPlaces);
  const bool holds = decimal && decimal->ToRatio() == figure;
  return holds ? decimal->ToString() : figure.ToString();
}

std::string RoundedText(const Ratio& figure) {
  const Result<Decimal> decimal = money::RoundToDecimal(figure, Decimal::kPlaces);
  return decimal ? decimal->ToString() : figure.ToString();
}

void AddStep(Steps* steps, std::string_view name, std::string_view detail, const Ratio& figure) {
  Step(steps, name, detail, figure).set_rounded(RoundedText(figure));
}

void AddStep(Steps* steps, std::string_view name, std::string_view detail, const Ratio& exact,
             const Money& kept) {
  Step(steps, name, detail, exact).set_rounded(kept.AmountText());
}

Result<Money> ReadMoney(const type::v1::Money& message, const std::string& pointer) {
  Result<Money> amount = Money::Parse(message.amount(), message.currency());
  if (amount) return amount;
  return Invalid(pointer + "/amount", "INVALID_AMOUNT", amount.error().message);
}

Result<Money> ReadMoney(const type::v1::Money& message, Currency currency,
                        const std::string& pointer) {
  ASSIGN_OR_RETURN(const Money amount, ReadMoney(message, pointer));
  if (amount.currency() == currency) return amount;
  return Invalid(pointer + "/currency", "CURRENCY_MISMATCH",
                 "Use " + currency.ToString() + ", as in the rest of the request.");
}

void WriteMoney(const Money& amount, type::v1::Money* message) {
  message->set_amount(amount.AmountText());
  message->set_currency(amount.currency().ToString());
}

Result<Decimal> ReadDecimal(const std::string& text, const std::string& pointer) {
  if (text.empty()) return Decimal();
  Result<Decimal> decimal = Decimal::Parse(text);
  if (decimal) return decimal;
  return Invalid(pointer, "INVALID_FORMAT", decimal.error().message);
}

money::Rounding RoundingOf(int mode) {
  switch (mode) {
    case type::v1::ROUNDING_MODE_HALF_EVEN:
      return money::Rounding::kHalfEven;
    case type::v1::ROUNDING_MODE_HALF_DOWN:
      return money::Rounding::kHalfDown;
    case type::v1::ROUNDING_MODE_UP:
      return money::Rounding::kUp;
    case type::v1::ROUNDING_MODE_DOWN:
      return money::Rounding::kDown;
    case type::v1::ROUNDING_MODE_CEILING:
      return money::Rounding::kCeiling;
    case type::v1::ROUNDING_MODE_FLOOR:
      return money::Rounding::kFloor;
    default:
      return money::Rounding::kHalfUp;
  }
}

}  // namespace continuo::calculations
