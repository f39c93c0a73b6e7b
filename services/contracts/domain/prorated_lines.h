// What days served cost, from the price of one whole period.
//
//   3950.00 a month, 8 April to 1 July: 23/30 + 1 + 1     one line 10928.33
//                                       3028.33, 3950.00, 3950.00 as a line for each period
//
// The two may differ by cents, and both are lawful: a schedule bills a line for each period, a
// credit or an amendment one line for the whole span.
#pragma once

#include <span>
#include <vector>

#include "libs/calendar/proration.h"
#include "services/contracts/domain/billing_periods.h"

namespace continuo::contracts::domain {

struct PeriodPart {
  calendar::TermPeriod period;
  calendar::DayCount days;
};

// SCHEDULE_TOO_LONG.
Result<std::vector<PeriodPart>> PartsOf(const calendar::Period& served,
                                        const Recurrence& recurrence,
                                        calendar::ProrationDialect dialect);

enum class ProratedLines { kOne, kPerPeriod };

struct ProratedAmount {
  money::Ratio exact;   // in major units
  money::Money amount;
  money::Money unused;  // the price of the whole periods touched, less the amount
};

Result<ProratedAmount> Prorate(money::Money price_of_period, std::span<const PeriodPart> parts,
                               ProratedLines lines, money::Rounding rounding);

}  // namespace continuo::contracts::domain
