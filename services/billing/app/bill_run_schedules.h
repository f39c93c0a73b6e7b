// Straight through: which divisions are billed by themselves, and starting their runs.
#pragma once

#include <optional>

#include "libs/calendar/zone.h"
#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::billing::v1 {
class BillRunSchedule;
class CreateBillRunScheduleRequest;
class GetBillRunScheduleRequest;
class ListBillRunSchedulesRequest;
class ListBillRunSchedulesResponse;
class UpdateBillRunScheduleRequest;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::BillRunSchedule> CreateBillRunSchedule(const App& app, const rpc::Call& call,
                                                  const v1::CreateBillRunScheduleRequest& request);
Result<v1::BillRunSchedule> GetBillRunSchedule(const App& app, const rpc::Call& call,
                                               const v1::GetBillRunScheduleRequest& request);
Result<v1::ListBillRunSchedulesResponse> ListBillRunSchedules(
    const App& app, const rpc::Call& call, const v1::ListBillRunSchedulesRequest& request);
Result<v1::BillRunSchedule> UpdateBillRunSchedule(const App& app, const rpc::Call& call,
                                                  const v1::UpdateBillRunScheduleRequest& request);

// The start of the local day on which something may first be billed by a schedule. Divisions with
// an active run are left out: theirs is due already.
Result<std::optional<calendar::Instant>> NextScheduledRunAt(postgres::Transaction& tx);
// Queues a run for each division whose day has come. Never more to do: runs advance by themselves.
Result<bool> StartScheduledRuns(const App& app, const rpc::Call& call);

}  // namespace continuo::billing::app
