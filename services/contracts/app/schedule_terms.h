// A schedule's billing and term, as the catalogue's blocks carry them, in the domain's form.
//
//   {"period": {"unit": "month", "count": 3}, "timing": "arrears"} -> cycle {kMonth, 3}, kArrears
//
// What a block leaves unset has the catalogue's default: one, in advance, by anniversary, by actual
// days.
#pragma once

#include "services/contracts/domain/purchases.h"
#include "services/contracts/domain/schedule_lines.h"
#include "services/contracts/domain/schedule_state.h"

namespace continuo::catalogue::v1 {
class Period;
class Purchasing;
}  // namespace continuo::catalogue::v1
namespace continuo::contracts::v1 {
class Schedule;
}

namespace continuo::contracts::app {

// Values of the catalogue's BillingTiming and ProrationDialect.
domain::Timing TimingOf(int timing);
calendar::ProrationDialect DialectOf(int dialect);
Result<calendar::Cycle> CycleOf(const catalogue::v1::Period& period);
Result<domain::PurchaseElement> ElementOf(const catalogue::v1::Purchasing& purchasing);
// Sold schedules keep the total that was agreed; bought ones cost what their lines add up to.
Result<domain::ScheduleTerms> TermsOf(const v1::Schedule& schedule);
domain::ScheduleState StateOf(const v1::Schedule& schedule);

}  // namespace continuo::contracts::app
