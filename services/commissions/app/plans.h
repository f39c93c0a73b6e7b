// Commission plans: a name, and terms that follow each other.
#pragma once

#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::commissions::v1 {
class AddCommissionTermsRequest;
class CommissionPlan;
class CreateCommissionPlanRequest;
class GetCommissionPlanRequest;
class ListCommissionPlansRequest;
class ListCommissionPlansResponse;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::CommissionPlan> CreateCommissionPlan(const App& app, const rpc::Call& call,
                                                const v1::CreateCommissionPlanRequest& request);
Result<v1::CommissionPlan> AddCommissionTerms(const App& app, const rpc::Call& call,
                                              const v1::AddCommissionTermsRequest& request);
Result<v1::CommissionPlan> GetCommissionPlan(const App& app, const rpc::Call& call,
                                             const v1::GetCommissionPlanRequest& request);
Result<v1::ListCommissionPlansResponse> ListCommissionPlans(
    const App& app, const rpc::Call& call, const v1::ListCommissionPlansRequest& request);

}  // namespace continuo::commissions::app
