// What something costs that begins in the middle and ends with something else.
//
//   500 a quarter from 15 March to 1 July 2026, calendar quarters:
//     per period  17/90 + 1 of 500                                   594.44
//     per term    108/365 of the 2000 that a year costs              591.78
//
// Per period is what schedules do: the catch-up and the regular lines add up to it. Per term takes
// every day as worth the same, over the term that the price was agreed for. Which of the two holds
// is agreed with the customer. An uplift raises the price before the days are counted.
#pragma once

#include <optional>

#include "libs/calendar/proration.h"
#include "libs/money/decimal.h"
#include "services/contracts/domain/billing_periods.h"

namespace continuo::contracts::domain {

struct SharedEnd {
  money::Ratio uplifted;  // the price after the uplift, in major units
  money::Ratio ratio;     // of that price
  money::Ratio exact;     // in major units
};

SharedEnd PricePerPeriod(money::Money price_of_period, money::Decimal uplift_percent,
                         const calendar::Period& served, const Recurrence& recurrence,
                         calendar::ProrationDialect dialect);

// The reference term is not empty.
SharedEnd PricePerTerm(money::Money price_of_term, money::Decimal uplift_percent,
                       const calendar::Period& served, const calendar::Period& reference_term);

}  // namespace continuo::contracts::domain
