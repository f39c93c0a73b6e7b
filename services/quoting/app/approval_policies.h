// Approval policies: who has to approve what. They are read when a version is submitted.
#pragma once

#include <vector>

#include "services/quoting/app/app.h"
#include "services/quoting/domain/approval_policy.h"

namespace continuo::quoting::v1 {
class ApprovalPolicy;
class CreateApprovalPolicyRequest;
class GetApprovalPolicyRequest;
class ListApprovalPoliciesRequest;
class ListApprovalPoliciesResponse;
class UpdateApprovalPolicyRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::ApprovalPolicy> CreateApprovalPolicy(const App& app, const rpc::Call& call,
                                                const v1::CreateApprovalPolicyRequest& request);
Result<v1::ApprovalPolicy> GetApprovalPolicy(const App& app, const rpc::Call& call,
                                             const v1::GetApprovalPolicyRequest& request);
Result<v1::ListApprovalPoliciesResponse> ListApprovalPolicies(
    const App& app, const rpc::Call& call, const v1::ListApprovalPoliciesRequest& request);
Result<v1::ApprovalPolicy> UpdateApprovalPolicy(const App& app, const rpc::Call& call,
                                                const v1::UpdateApprovalPolicyRequest& request);

// Every condition with its fault at "/conditions/2/value".
Result<std::vector<domain::Condition>> ReadConditions(const v1::ApprovalPolicy& policy);

}  // namespace continuo::quoting::app
