// The calculations of revenue: pure, on the caller's own figures. Each translates a request for the
// domain function that obligations use, and shows every figure on the way.
#pragma once

#include "libs/result/result.h"

namespace continuo::revenue::v1 {
class RevenueModification;
class RevenueModificationRequest;
class RevenueSchedule;
class RevenueScheduleRequest;
}  // namespace continuo::revenue::v1

namespace continuo::revenue::app {

Result<v1::RevenueSchedule> CalculateRevenueSchedule(const v1::RevenueScheduleRequest& request);
Result<v1::RevenueModification> CalculateRevenueModification(
    const v1::RevenueModificationRequest& request);

}  // namespace continuo::revenue::app
