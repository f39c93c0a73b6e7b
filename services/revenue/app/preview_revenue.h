// What an order would earn: the obligations that TakeOrder makes of it, with the service that
// FollowInitialised gives them, allocated and planned by the same functions. Writes nothing.
#pragma once

#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::revenue::v1 {
class PreviewRevenueRequest;
class PreviewRevenueResponse;
}  // namespace continuo::revenue::v1

namespace continuo::revenue::app {

Result<v1::PreviewRevenueResponse> PreviewRevenue(const App& app, const rpc::Call& call,
                                                  const v1::PreviewRevenueRequest& request);

}  // namespace continuo::revenue::app
