#include "services/revenue/domain/obligation.h"

#include <algorithm>

#include "services/revenue/domain/price_allocation.h"

namespace continuo::revenue::domain {
namespace {

using money::Money;
using money::Ratio;

Money NotBelowZero(Money amount) { return std::max(amount, Money::Zero(amount.currency())); }

// The part of the agreed days that is served.
Ratio ServedDays(const Obligation& obligation) {
  if (!obligation.service || !obligation.agreed_end) return 1;
  const calendar::Period agreed{obligation.service->start, *obligation.agreed_end};
  if (agreed.IsEmpty()) return 1;
  return Ratio::Of(obligation.service->days(), agreed.days());
}

// Of what is still to be served: in proportion to the line's own price, or, where that is nothing,
// to its days. A credit is no less service.
Result<Money> SspOf(const Obligation& obligation) {
  if (obligation.sold.IsZero()) {
    return money::Round(obligation.ssp.ToRatio() * ServedDays(obligation),
                        obligation.ssp.currency());
  }
  const Money served = NotBelowZero(obligation.sold - obligation.voided - obligation.unserved);
  return money::Round(
      obligation.ssp.ToRatio() * served.ToRatio() / obligation.sold.ToRatio(),
      obligation.ssp.currency());
}

bool AnyAboveZero(const std::vector<Money>& amounts) {
  return std::any_of(amounts.begin(), amounts.end(),
                     [](const Money& amount) { return amount.Sign() > 0; });
}

}  // namespace

void Begin(const calendar::Period& term, Obligation* obligation) {
  const bool at_once = obligation->rule == RecognitionRule::kPointInTime;
  obligation->service = calendar::Period{term.start, at_once ? term.start.AddDays(1) : term.end};
  obligation->agreed_end = obligation->service->end;
}

Money PriceOf(const Obligation& obligation) {
  const Money given_back = std::max(obligation.unserved, obligation.credited);
  return NotBelowZero(obligation.sold - obligation.voided - given_back);
}

Result<ContractAllocation> AllocateContract(std::span<const Obligation> obligations) {
  ContractAllocation allocation;
  for (const Obligation& obligation : obligations) {
    allocation.prices.push_back(PriceOf(obligation));
    ASSIGN_OR_RETURN(const Money ssp, SspOf(obligation));
    allocation.ssps.push_back(ssp);
  }
  const money::Currency currency = obligations.front().sold.currency();
  ASSIGN_OR_RETURN(allocation.price, money::Sum(allocation.prices, currency));
  ASSIGN_OR_RETURN(allocation.ssp, money::Sum(allocation.ssps, currency));
  const std::vector<Money>& weights =
      AnyAboveZero(allocation.ssps) ? allocation.ssps : allocation.prices;
  if (!AnyAboveZero(weights)) {
    allocation.allocated.assign(obligations.size(), Money::Zero(currency));
    return allocation;
  }
  ASSIGN_OR_RETURN(const std::vector<AllocationStep> steps,
                   AllocatePrice(allocation.price, weights));
  for (const AllocationStep& step : steps) allocation.allocated.push_back(step.amount);
  return allocation;
}

}  // namespace continuo::revenue::domain
