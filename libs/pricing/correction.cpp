#include "libs/pricing/correction.h"

#include <algorithm>

namespace continuo::pricing {

using money::Decimal;
using money::Ratio;

Result<std::vector<CorrectionLine>> Correct(Decimal billed, Decimal actual,
                                            const PriceTable& table, Correction correction) {
  ASSIGN_OR_RETURN(const Price before, CataloguePrice(billed, table));
  ASSIGN_OR_RETURN(const Price now, CataloguePrice(actual, table));
  if (billed == actual) return std::vector<CorrectionLine>();
  const Ratio& reversed = before.amount;
  const Ratio& booked = now.amount;
  if (correction == Correction::kDifference) {
    return std::vector<CorrectionLine>{{actual - billed, std::nullopt, booked - reversed}};
  }
  return std::vector<CorrectionLine>{{-billed, before.list_unit_price, -reversed},
                                     {actual, now.list_unit_price, booked}};
}

Ratio Shortfall(const Ratio& minimum, const Ratio& billed, const Ratio& now) {
  return std::max(Ratio(), minimum - billed - now);
}

}  // namespace continuo::pricing
