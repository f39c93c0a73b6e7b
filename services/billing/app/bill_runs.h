// Bill runs as their users see them: start, look at, cancel. What a run does is in
// advance_bill_run.h.
#pragma once

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::billing::v1 {
class BillRun;
class CancelBillRunRequest;
class CreateBillRunRequest;
class GetBillRunRequest;
class ListBillRunSetAsidesRequest;
class ListBillRunSetAsidesResponse;
class ListBillRunsRequest;
class ListBillRunsResponse;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::BillRun> CreateBillRun(const App& app, const rpc::Call& call,
                                  const v1::CreateBillRunRequest& request);
Result<v1::BillRun> GetBillRun(const App& app, const rpc::Call& call,
                               const v1::GetBillRunRequest& request);
Result<v1::ListBillRunsResponse> ListBillRuns(const App& app, const rpc::Call& call,
                                              const v1::ListBillRunsRequest& request);
Result<v1::ListBillRunSetAsidesResponse> ListBillRunSetAsides(
    const App& app, const rpc::Call& call, const v1::ListBillRunSetAsidesRequest& request);
Result<v1::BillRun> CancelBillRun(const App& app, const rpc::Call& call,
                                  const v1::CancelBillRunRequest& request);

}  // namespace continuo::billing::app
