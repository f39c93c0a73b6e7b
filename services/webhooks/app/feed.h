// The feed as its readers see it: of the accounts that they see, of the types that they may read.
#pragma once

#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::webhooks::v1 {
class Event;
class GetEventRequest;
class ListEventsRequest;
class ListEventsResponse;
}  // namespace continuo::webhooks::v1

namespace continuo::webhooks::app {

struct App;

Result<v1::Event> GetEvent(const App& app, const rpc::Call& call,
                           const v1::GetEventRequest& request);
Result<v1::ListEventsResponse> ListEvents(const App& app, const rpc::Call& call,
                                          const v1::ListEventsRequest& request);

}  // namespace continuo::webhooks::app
