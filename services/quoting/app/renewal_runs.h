// Renewals in bulk: a run notes the contracts that its caller sees, a job quotes them one by one.
//
// Each contract is a transaction of its own: its quote and its place in the run are stored together,
// so a run that is interrupted goes on where it was. One that cannot be quoted is refused with the
// reason, and the others go on; a peer that is down is no reason: the job tries again.
#pragma once

#include <optional>

#include "libs/calendar/zone.h"
#include "services/quoting/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class CancelRenewalRunRequest;
class CreateRenewalRunRequest;
class GetRenewalRunRequest;
class ListRenewalRunsRequest;
class ListRenewalRunsResponse;
class ListRenewalsRequest;
class ListRenewalsResponse;
class RenewalRun;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::RenewalRun> CreateRenewalRun(const App& app, const rpc::Call& call,
                                        const v1::CreateRenewalRunRequest& request);
Result<v1::RenewalRun> GetRenewalRun(const App& app, const rpc::Call& call,
                                     const v1::GetRenewalRunRequest& request);
Result<v1::ListRenewalRunsResponse> ListRenewalRuns(const App& app, const rpc::Call& call,
                                                    const v1::ListRenewalRunsRequest& request);
Result<v1::RenewalRun> CancelRenewalRun(const App& app, const rpc::Call& call,
                                        const v1::CancelRenewalRunRequest& request);
Result<v1::ListRenewalsResponse> ListRenewals(const App& app, const rpc::Call& call,
                                              const v1::ListRenewalsRequest& request);

// Since when the oldest run waits.
Result<std::optional<calendar::Instant>> RenewalRunSince(postgres::Transaction& tx);
// Quotes the next contracts of the oldest run. True: there may be more.
Result<bool> AdvanceRenewalRun(const App& app, const rpc::Call& call);

}  // namespace continuo::quoting::app
