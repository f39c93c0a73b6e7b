#include "services/contracts/domain/prorated_lines.h"

namespace continuo::contracts::domain {

using money::Money;
using money::Ratio;

Result<std::vector<PeriodPart>> PartsOf(const calendar::Period& served,
                                        const Recurrence& recurrence,
                                        calendar::ProrationDialect dialect) {
  const auto& [cycle, anchor] = recurrence;
  RETURN_IF_FAULT(CheckLength(cycle, served));
  std::vector<PeriodPart> parts;
  for (const auto& period : calendar::PeriodsTiling(served, cycle, anchor)) {
    parts.push_back({period, calendar::CountDays(period, cycle, anchor, dialect)});
  }
  return parts;
}

Result<ProratedAmount> Prorate(Money price_of_period, std::span<const PeriodPart> parts,
                               ProratedLines lines, money::Rounding rounding) {
  const money::Currency currency = price_of_period.currency();
  const Ratio price = price_of_period.ToRatio();
  ProratedAmount prorated{.amount = Money::Zero(currency)};
  for (const PeriodPart& part : parts) {
    const Ratio exact = price * part.days.ToRatio();
    prorated.exact += exact;
    if (lines == ProratedLines::kOne) continue;
    ASSIGN_OR_RETURN(const Money line, money::Round(exact, currency, rounding));
    ASSIGN_OR_RETURN(prorated.amount, money::Add(prorated.amount, line));
  }
  if (lines == ProratedLines::kOne) {
    ASSIGN_OR_RETURN(prorated.amount, money::Round(prorated.exact, currency, rounding));
  }
  ASSIGN_OR_RETURN(const Money whole,
                   money::Round(price * static_cast<std::int64_t>(parts.size()), currency));
  prorated.unused = whole - prorated.amount;
  return prorated;
}

}  // namespace continuo::contracts::domain
