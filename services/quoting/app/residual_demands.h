// What customers asked for and did not buy.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class DismissResidualDemandRequest;
class GetResidualDemandRequest;
class ListResidualDemandsRequest;
class ListResidualDemandsResponse;
class PursueResidualDemandRequest;
class ResidualDemand;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::ResidualDemand> GetResidualDemand(const App& app, const rpc::Call& call,
                                             const v1::GetResidualDemandRequest& request);
Result<v1::ListResidualDemandsResponse> ListResidualDemands(
    const App& app, const rpc::Call& call, const v1::ListResidualDemandsRequest& request);
Result<v1::ResidualDemand> DismissResidualDemand(const App& app, const rpc::Call& call,
                                                 const v1::DismissResidualDemandRequest& request);
// Opens a deal for it; crm creates it.
Result<v1::ResidualDemand> PursueResidualDemand(const App& app, const rpc::Call& call,
                                                const v1::PursueResidualDemandRequest& request);

}  // namespace continuo::quoting::app
