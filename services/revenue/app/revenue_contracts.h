// Revenue contracts and the figures of each, as their users see them: its balance, and what is
// still to be earned.
#pragma once

#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::revenue::v1 {
class GetRevenueContractRequest;
class ListBalancesRequest;
class ListBalancesResponse;
class ListRemainingPerformanceObligationsRequest;
class ListRemainingPerformanceObligationsResponse;
class ListRevenueContractsRequest;
class ListRevenueContractsResponse;
class RevenueContract;
}  // namespace continuo::revenue::v1

namespace continuo::revenue::app {

Result<v1::RevenueContract> GetRevenueContract(const App& app, const rpc::Call& call,
                                               const v1::GetRevenueContractRequest& request);
Result<v1::ListRevenueContractsResponse> ListRevenueContracts(
    const App& app, const rpc::Call& call, const v1::ListRevenueContractsRequest& request);
Result<v1::ListBalancesResponse> ListBalances(const App& app, const rpc::Call& call,
                                              const v1::ListBalancesRequest& request);
Result<v1::ListRemainingPerformanceObligationsResponse> ListRemainingPerformanceObligations(
    const App& app, const rpc::Call& call,
    const v1::ListRemainingPerformanceObligationsRequest& request);

}  // namespace continuo::revenue::app
