// What two states of quotes differ in.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class GetQuoteDifferenceRequest;
class QuoteDifference;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::QuoteDifference> GetQuoteDifference(const App& app, const rpc::Call& call,
                                               const v1::GetQuoteDifferenceRequest& request);

}  // namespace continuo::quoting::app
