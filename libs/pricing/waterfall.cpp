#include "libs/pricing/waterfall.h"

#include "libs/money/decimal.h"

namespace continuo::pricing {
namespace {

std::string Text(const money::Ratio& figure) {
  const Result<money::Decimal> decimal = money::RoundToDecimal(figure, money::Decimal::kPlaces);
  // Too large for a decimal only when it is also too large for any amount of money, which the
  // document line's rounding refuses; until then the fraction says it exactly.
  return decimal ? decimal->ToString() : figure.ToString();
}

}  // namespace

std::string Step::BeforeText() const { return Text(before); }
std::string Step::AfterText() const { return Text(after); }

void Waterfall::To(std::string name, std::string detail, const money::Ratio& amount) {
  steps_.push_back({std::move(name), std::move(detail), amount_, amount});
  amount_ = amount;
}

}  // namespace continuo::pricing
