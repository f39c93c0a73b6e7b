// What sales earn on the caller's own figures: pure, the functions that credits and statements use.
#pragma once

#include "libs/result/result.h"

namespace continuo::commissions::v1 {
class CalculatedCommission;
class CommissionCalculationRequest;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::CalculatedCommission> CalculateCommission(
    const v1::CommissionCalculationRequest& request);

}  // namespace continuo::commissions::app
