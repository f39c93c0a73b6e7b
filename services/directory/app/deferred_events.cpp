#include "continuo/directory/v1/operations.pb.h"
#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/rpc/call.h"
#include "libs/rpc/peers.h"
#include "services/directory/app/app.h"
#include "services/directory/app/operations.h"

namespace continuo::directory::app {
namespace {

using runtime::v1::DeferredEvents;

constexpr int kLimit = 25;
constexpr int kLimitMax = 100;

rpc::Call AsDirectory(const rpc::Call& call) {
  rpc::Call asking = rpc::Call::AsService("directory", call.request_id);
  asking.deadline = call.deadline;
  return asking;
}

v1::DeferredEvent ToResource(const DeferredEvents::Entry& entry) {
  v1::DeferredEvent event;
  event.set_id(entry.id());
  event.set_service(entry.service());
  event.set_event_id(entry.event_id());
  event.set_type(entry.type());
  event.set_key(entry.key());
  event.set_state(entry.state());
  event.set_reason(entry.reason());
  event.set_awaited(entry.awaited());
  event.set_attempts(entry.attempts());
  *event.mutable_since() = entry.since();
  return event;
}

// Of all services, in the order of their ids.
Result<std::vector<v1::DeferredEvent>> AskAllDeferred(const App& app, const rpc::Call& call) {
  std::vector<v1::DeferredEvent> all;
  for (const std::string& service : app.peers.services()) {
    ASSIGN_OR_RETURN(const auto answer,
                     app.peers.AskAt<DeferredEvents>(
                         service, AsDirectory(call),
                         "continuo.runtime.v1.RuntimeService/ListDeferredEvents",
                         runtime::v1::ListDeferredEventsRequest()));
    for (const auto& entry : answer.entries()) all.push_back(ToResource(entry));
  }
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.id() < b.id(); });
  return all;
}

Result<v1::DeferredEvent> Resolve(const App& app, const rpc::Call& call, const std::string& id,
                                  bool drop) {
  ASSIGN_OR_RETURN(const auto all, AskAllDeferred(app, call));
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& event) { return event.id() == id; });
  if (found == all.end()) return NotFound("deferred event", id);
  if (found->state() == "queued") {
    return FailedPrecondition("DEFERRED_EVENT_IS_QUEUED",
                              "An earlier event of key " + found->key() +
                                  " has to be dealt with first. List /v1/deferred_events.",
                              {{"key", found->key()}});
  }
  runtime::v1::ResolveDeferredEventRequest request;
  request.set_id(id);
  request.set_drop(drop);
  RETURN_IF_FAULT(app.peers.AskAt<DeferredEvents>(
      found->service(), AsDirectory(call),
      "continuo.runtime.v1.RuntimeService/ResolveDeferredEvent", request));
  return *found;
}

}  // namespace

Result<v1::ListDeferredEventsResponse> ListDeferredEvents(
    const App& app, const rpc::Call& call, const v1::ListDeferredEventsRequest& request) {
  if (request.limit() < 0) {
    return Invalid("/limit", "OUT_OF_RANGE", "limit is 1 to 100. Name a number in that range.");
  }
  ASSIGN_OR_RETURN(const auto all, AskAllDeferred(app, call));
  const int limit = request.limit() == 0 ? kLimit : std::min(request.limit(), kLimitMax);
  v1::ListDeferredEventsResponse response;
  for (const v1::DeferredEvent& event : all) {
    if (!request.service().empty() && event.service() != request.service()) continue;
    if (!request.state().empty() && event.state() != request.state()) continue;
    if (!request.cursor().empty() && event.id() <= request.cursor()) continue;
    if (response.data_size() == limit) {
      response.set_has_more(true);
      response.set_next_cursor(response.data(limit - 1).id());
      break;
    }
    *response.add_data() = event;
  }
  return response;
}

Result<v1::DeferredEvent> RetryDeferredEvent(const App& app, const rpc::Call& call,
                                             const v1::RetryDeferredEventRequest& request) {
  return Resolve(app, call, request.id(), false);
}

Result<v1::DeferredEvent> DropDeferredEvent(const App& app, const rpc::Call& call,
                                            const v1::DropDeferredEventRequest& request) {
  return Resolve(app, call, request.id(), true);
}

}  // namespace continuo::directory::app
