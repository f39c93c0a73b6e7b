// What one asks while working with the API: who am I, what is missing, what came of a call, what is
// stuck.
#pragma once

#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class ConformanceRun;
class CreateConformanceRunRequest;
class DeferredEvent;
class DropDeferredEventRequest;
class GetMeRequest;
class GetRequestRequest;
class GetSetupChecklistRequest;
class ListDeferredEventsRequest;
class ListDeferredEventsResponse;
class Me;
class RequestFollowUps;
class RetryDeferredEventRequest;
class SetupChecklist;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

Result<v1::Me> GetMe(const App& app, const rpc::Call& call, const v1::GetMeRequest& request);
Result<v1::SetupChecklist> GetSetupChecklist(const App& app, const rpc::Call& call,
                                             const v1::GetSetupChecklistRequest& request);
// A calculation whose service is away fails its examples; the run itself does not.
Result<v1::ConformanceRun> CreateConformanceRun(const App& app, const rpc::Call& call,
                                                const v1::CreateConformanceRunRequest& request);
Result<v1::RequestFollowUps> GetRequest(const App& app, const rpc::Call& call,
                                        const v1::GetRequestRequest& request);

Result<v1::ListDeferredEventsResponse> ListDeferredEvents(
    const App& app, const rpc::Call& call, const v1::ListDeferredEventsRequest& request);
Result<v1::DeferredEvent> RetryDeferredEvent(const App& app, const rpc::Call& call,
                                             const v1::RetryDeferredEventRequest& request);
Result<v1::DeferredEvent> DropDeferredEvent(const App& app, const rpc::Call& call,
                                            const v1::DropDeferredEventRequest& request);

}  // namespace continuo::directory::app
