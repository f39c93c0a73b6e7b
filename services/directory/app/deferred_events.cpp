#include <iterator>

#include "continuo/directory/v1/operations.pb.h"
#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/ids/type_id.h"
#include "libs/rpc/call.h"
#include "libs/rpc/peers.h"
#include "services/directory/app/app.h"
#include "services/directory/app/operations.h"

namespace continuo::directory::app {
namespace {

using runtime::v1::DeferredEvents;

constexpr int kLimit = 25;
constexpr int kLimitMax = 100;
constexpr int kPage = 1'000;  // of one service, while one event is looked for

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

Result<std::vector<v1::DeferredEvent>> AskDeferred(
    const App& app, const rpc::Call& call, const std::string& service,
    const runtime::v1::ListDeferredEventsRequest& page) {
  ASSIGN_OR_RETURN(const auto answer,
                   app.peers.AskAt<DeferredEvents>(
                       service, AsDirectory(call),
                       "continuo.runtime.v1.RuntimeService/ListDeferredEvents", page));
  std::vector<v1::DeferredEvent> events;
  for (const auto& entry : answer.entries()) events.push_back(ToResource(entry));
  return events;
}

// Wherever it is: each service is read to its end until it is found.
Result<v1::DeferredEvent> FindDeferred(const App& app, const rpc::Call& call,
                                       const std::string& id) {
  for (const std::string& service : app.peers.services()) {
    runtime::v1::ListDeferredEventsRequest page;
    page.set_limit(kPage);
    for (bool more = true; more;) {
      ASSIGN_OR_RETURN(const auto events, AskDeferred(app, call, service, page));
      for (const v1::DeferredEvent& event : events) {
        if (event.id() == id) return event;
      }
      more = events.size() == static_cast<size_t>(kPage);
      if (more) page.set_after(events.back().id());
    }
  }
  return NotFound("deferred event", id);
}

Failure InvalidCursor() {
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "INVALID_CURSOR",
                       .message = "The cursor does not belong to this list. Start again without one."});
}

Result<v1::DeferredEvent> Resolve(const App& app, const rpc::Call& call, const std::string& id,
                                  bool drop) {
  ASSIGN_OR_RETURN(const v1::DeferredEvent found, FindDeferred(app, call, id));
  if (found.state() == "queued") {
    return FailedPrecondition("DEFERRED_EVENT_IS_QUEUED",
                              "An earlier event of key " + found.key() +
                                  " has to be dealt with first. List /v1/deferred_events.",
                              {{"key", found.key()}});
  }
  runtime::v1::ResolveDeferredEventRequest request;
  request.set_id(id);
  request.set_drop(drop);
  request.set_on_behalf_of(call.principal.user_id);
  RETURN_IF_FAULT(app.peers.AskAt<DeferredEvents>(
      found.service(), AsDirectory(call),
      "continuo.runtime.v1.RuntimeService/ResolveDeferredEvent", request));
  return found;
}

}  // namespace

Result<v1::ListDeferredEventsResponse> ListDeferredEvents(
    const App& app, const rpc::Call& call, const v1::ListDeferredEventsRequest& request) {
  if (request.limit() < 0) {
    return Invalid("/limit", "OUT_OF_RANGE", "limit is 1 to 100. Name a number in that range.");
  }
  if (!request.cursor().empty() && !ids::ParseTypeId("def", request.cursor())) {
    return InvalidCursor();
  }
  const int limit = request.limit() == 0 ? kLimit : std::min(request.limit(), kLimitMax);
  runtime::v1::ListDeferredEventsRequest page;
  page.set_after(request.cursor());
  page.set_state(request.state());
  page.set_limit(limit + 1);
  // Each service's next ones; the first of them all are the page, in the order of their ids.
  std::vector<v1::DeferredEvent> all;
  for (const std::string& service : app.peers.services()) {
    if (!request.service().empty() && service != request.service()) continue;
    ASSIGN_OR_RETURN(auto events, AskDeferred(app, call, service, page));
    std::move(events.begin(), events.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.id() < b.id(); });
  v1::ListDeferredEventsResponse response;
  response.set_has_more(all.size() > static_cast<size_t>(limit));
  if (response.has_more()) all.resize(limit);
  for (v1::DeferredEvent& event : all) *response.add_data() = std::move(event);
  if (response.has_more()) response.set_next_cursor(response.data(limit - 1).id());
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
