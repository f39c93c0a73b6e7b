// What a sale would earn one participant who sold it alone, under the terms of the day of
// acceptance. Its figures come with the call; only plans are read. Writes nothing.
#pragma once

#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::commissions::v1 {
class PreviewCommissionRequest;
class PreviewedCommission;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::PreviewedCommission> PreviewCommission(const App& app, const rpc::Call& call,
                                                  const v1::PreviewCommissionRequest& request);

}  // namespace continuo::commissions::app
