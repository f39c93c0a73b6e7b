#include "services/contracts/domain/coterminus.h"

namespace continuo::contracts::domain {
namespace {

SharedEnd Priced(money::Money price, money::Decimal uplift_percent, const money::Ratio& ratio) {
  const money::Ratio uplifted =
      price.ToRatio() * (money::Ratio(1) + money::Percent(uplift_percent));
  return {.uplifted = uplifted, .ratio = ratio, .exact = uplifted * ratio};
}

}  // namespace

SharedEnd PricePerPeriod(money::Money price_of_period, money::Decimal uplift_percent,
                         const calendar::Period& served, const Recurrence& recurrence,
                         calendar::ProrationDialect dialect) {
  return Priced(price_of_period, uplift_percent,
                calendar::Proration(served, recurrence.cycle, recurrence.anchor, dialect));
}

SharedEnd PricePerTerm(money::Money price_of_term, money::Decimal uplift_percent,
                       const calendar::Period& served, const calendar::Period& reference_term) {
  return Priced(price_of_term, uplift_percent, calendar::PerTerm(reference_term, served));
}

}  // namespace continuo::contracts::domain
