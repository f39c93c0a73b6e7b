#include "continuo/directory/v1/operations.pb.h"
#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/access/access.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "libs/rpc/peers.h"
#include "services/directory/app/app.h"
#include "services/directory/app/operations.h"
#include "services/directory/app/peer_progress.h"

namespace continuo::directory::app {
namespace {

using runtime::v1::FollowUps;

struct FoundEvent {
  std::string service;
  FollowUps::Event event;
  std::vector<std::string> awaited_from;
};
struct Found {
  std::vector<FoundEvent> events;
  bool all_consumed = true;
  bool has_more = false;
  int64_t waiting = 0;
  int64_t parked = 0;
};

Failure DoesNotAnswer(const std::string& service) {
  return Unavailable("UNAVAILABLE", "Service " + service +
                                        " does not answer, so what followed cannot be told. "
                                        "Ask again in a moment.");
}

// Whoever has consumed the newest of a stream has consumed all before it.
bool AllConsumed(const FollowUps& answer, const domain::Pass& pass) {
  return answer.unstamped() == 0 &&
         std::all_of(answer.heads().begin(), answer.heads().end(), [&](const auto& head) {
           return domain::AwaitedFrom({{head.topic(), head.partition()}, head.seq()}, pass).empty();
         });
}

Result<Found> AskFollowUps(const App& app, const rpc::Call& call, const std::string& request_id) {
  // The order matters: positions first, events afterwards (domain::AwaitedFrom says why).
  const domain::Pass pass = AskAll(app, call);
  runtime::v1::ListFollowUpsRequest request;
  request.set_request_id(request_id);
  Found found;
  for (const domain::ServiceProgress& service : pass) {
    if (!service.answers) return DoesNotAnswer(service.service);
    ASSIGN_OR_RETURN(const auto answer,
                     app.peers.AskAt<FollowUps>(
                         service.service, call,
                         "continuo.runtime.v1.RuntimeService/ListFollowUps", request));
    found.waiting += answer.waiting();
    found.parked += answer.parked();
    found.has_more = found.has_more || answer.count() > answer.events_size();
    found.all_consumed = found.all_consumed && AllConsumed(answer, pass);
    for (const FollowUps::Event& event : answer.events()) {
      const domain::FollowUp place{{event.topic(), event.partition()}, event.seq()};
      found.events.push_back({service.service, event, domain::AwaitedFrom(place, pass)});
    }
  }
  return found;
}

bool IsAudit(const std::string& topic) { return topic.ends_with(".audit"); }

// Which of the events' accounts the caller sees.
Result<std::map<std::string, bool>> SeenAccounts(const App& app, const rpc::Call& call,
                                                 const Found& found) {
  return app.database.Read(
      call, [&](postgres::Transaction& tx) -> Result<std::map<std::string, bool>> {
        std::map<std::string, bool> seen;
        for (const FoundEvent& one : found.events) {
          const std::string& id = one.event.account_id();
          if (id.empty() || seen.contains(id)) continue;
          ASSIGN_OR_RETURN(const auto account, ids::AccountId::Parse(id));
          seen[id] = access::Sees(tx, account);
        }
        return seen;
      });
}

void AddEvent(const FoundEvent& one, v1::RequestFollowUps& answer) {
  auto* event = answer.add_events();
  event->set_id(one.event.id());
  event->set_type(one.event.type());
  event->set_subject(one.event.subject());
  event->set_service(one.service);
  *event->mutable_time() = one.event.time();
  event->set_causation(one.event.causation());
  for (const auto& service : one.awaited_from) event->add_awaited_from(service);
}

v1::RequestStatus StatusOf(const Found& found) {
  if (!found.all_consumed || found.waiting > 0) return v1::REQUEST_STATUS_RUNNING;
  return found.parked > 0 ? v1::REQUEST_STATUS_PARKED : v1::REQUEST_STATUS_DONE;
}

}  // namespace

Result<v1::RequestFollowUps> GetRequest(const App& app, const rpc::Call& call,
                                        const v1::GetRequestRequest& request) {
  // As a service: runtime methods are for services, and `done` speaks of everything.
  rpc::Call asking = rpc::Call::AsService("directory", call.request_id);
  asking.deadline = call.deadline;
  ASSIGN_OR_RETURN(const Found found, AskFollowUps(app, asking, request.request_id()));
  ASSIGN_OR_RETURN(auto seen, SeenAccounts(app, call, found));
  v1::RequestFollowUps answer;
  answer.set_request_id(request.request_id());
  answer.set_status(StatusOf(found));
  answer.set_done(answer.status() == v1::REQUEST_STATUS_DONE);
  answer.set_waiting(found.waiting);
  answer.set_parked(found.parked);
  answer.set_has_more(found.has_more);
  for (const FoundEvent& one : found.events) {
    if (IsAudit(one.event.topic())) continue;
    const std::string& account = one.event.account_id();
    const bool visible = account.empty() || seen[account];
    if (visible) AddEvent(one, answer);
  }
  return answer;
}

}  // namespace continuo::directory::app
