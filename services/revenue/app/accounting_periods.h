// The months of a division's books as their users see them: read, and close for good.
#pragma once

#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::revenue::v1 {
class AccountingPeriod;
class CloseAccountingPeriodRequest;
class GetAccountingPeriodRequest;
class ListAccountingPeriodsRequest;
class ListAccountingPeriodsResponse;
}  // namespace continuo::revenue::v1

namespace continuo::revenue::app {

Result<v1::AccountingPeriod> GetAccountingPeriod(const App& app, const rpc::Call& call,
                                                 const v1::GetAccountingPeriodRequest& request);
Result<v1::ListAccountingPeriodsResponse> ListAccountingPeriods(
    const App& app, const rpc::Call& call, const v1::ListAccountingPeriodsRequest& request);
Result<v1::AccountingPeriod> CloseAccountingPeriod(
    const App& app, const rpc::Call& call, const v1::CloseAccountingPeriodRequest& request);

}  // namespace continuo::revenue::app
