// The calculations of contracts: pure, on the caller's own figures. Each translates a request for
// the domain function that schedules use, and shows every figure on the way.
#pragma once

#include "libs/result/result.h"
#include "services/contracts/domain/billing_periods.h"

namespace continuo::contracts::v1 {
class BillingPeriods;
class BillingPeriodsRequest;
class CatchUp;
class CatchUpRequest;
class Coterminus;
class CoterminusRequest;
class Indexation;
class IndexationRequest;
class Proration;
class ProrationRequest;
class Recurrence;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::BillingPeriods> CalculateBillingPeriods(const v1::BillingPeriodsRequest& request);
Result<v1::Proration> CalculateProration(const v1::ProrationRequest& request);
Result<v1::Coterminus> CalculateCoterminus(const v1::CoterminusRequest& request);
Result<v1::CatchUp> CalculateCatchUp(const v1::CatchUpRequest& request);
Result<v1::Indexation> CalculateIndexation(const v1::IndexationRequest& request);

// Where the boundaries of a term that starts on `start` are counted from.
Result<domain::Recurrence> RecurrenceOf(const v1::Recurrence& message, calendar::Date start);
// A bad request names the end when it is not after the start.
Result<calendar::Period> ReadPeriod(const std::string& start_on, const std::string& end_on,
                                    const std::string& end_pointer = "/end_on");
// "[2026-03-15, 2026-04-01): 17 of 31 days"
std::string DaysText(const calendar::Period& served, const calendar::DayCount& days);

}  // namespace continuo::contracts::app
