// Obligations as their users see them, and what each earns month by month.
#pragma once

#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::revenue::v1 {
class GetPerformanceObligationRequest;
class ListPerformanceObligationsRequest;
class ListPerformanceObligationsResponse;
class ListRevenueWaterfallRequest;
class ListRevenueWaterfallResponse;
class PerformanceObligation;
}  // namespace continuo::revenue::v1

namespace continuo::revenue::app {

Result<v1::PerformanceObligation> GetPerformanceObligation(
    const App& app, const rpc::Call& call, const v1::GetPerformanceObligationRequest& request);
Result<v1::ListPerformanceObligationsResponse> ListPerformanceObligations(
    const App& app, const rpc::Call& call, const v1::ListPerformanceObligationsRequest& request);
Result<v1::ListRevenueWaterfallResponse> ListRevenueWaterfall(
    const App& app, const rpc::Call& call, const v1::ListRevenueWaterfallRequest& request);

}  // namespace continuo::revenue::app
