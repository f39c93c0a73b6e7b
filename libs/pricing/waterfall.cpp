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

std::string BandText(const BandPart& part) {
  const money::PriceBand& band = part.band;
  std::string text = part.quantity.ToString() + " at " + band.unit_price.ToString();
  if (band.up_to) text += ", band to " + band.up_to->ToString();
  if (!band.up_to) text += ", last band";
  if (!band.flat_fee.IsZero()) text += ", flat fee " + band.flat_fee.ToString();
  return text;
}

}  // namespace

std::string Detail::Text() const {
  std::string text = code;
  if (!bands.empty()) {
    for (const BandPart& part : bands) text += (text.empty() ? "" : "; ") + BandText(part);
    return text;
  }
  size_t next = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      text += pattern[i];
    } else if (i + 1 < pattern.size() && pattern[i + 1] == '%') {
      text += '%';
      ++i;
    } else {
      text += figures.at(next++).ToString();
    }
  }
  return text;
}

std::string Step::BeforeText() const { return Text(before); }
std::string Step::AfterText() const { return Text(after); }

void Waterfall::To(std::string_view name, Detail detail, const money::Ratio& amount) {
  if (steps_.empty()) steps_.reserve(6);  // what most lines come to
  steps_.push_back({name, std::move(detail), amount_, amount});
  amount_ = amount;
}

}  // namespace continuo::pricing
