// What a product was sold at before, from the deals that the caller sees.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class GetPriceGuidanceRequest;
class PriceGuidance;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::PriceGuidance> GetPriceGuidance(const App& app, const rpc::Call& call,
                                           const v1::GetPriceGuidanceRequest& request);

}  // namespace continuo::quoting::app
