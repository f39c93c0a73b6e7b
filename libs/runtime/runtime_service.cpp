#include "libs/runtime/runtime_service.h"

#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/events/admin.h"
#include "libs/events/relay.h"
#include "libs/events/signals.h"
#include "libs/json/timestamp.h"
#include "libs/postgres/business_clock.h"
#include "libs/postgres/database.h"
#include "libs/rpc/methods.h"
#include "libs/runtime/audit.h"
#include "libs/runtime/job_runner.h"

namespace continuo::runtime {
namespace {

using postgres::Transaction;

constexpr int kDeferredMax = 1'000;  // in one answer

Result<runtime::v1::Progress> ReadProgress(RuntimeServiceParts& parts, Transaction& tx) {
  runtime::v1::Progress progress;
  progress.set_service(parts.service);
  const events::Status status = events::GetStatus(tx);
  for (const auto& stream : status.emitted) {
    auto* position = progress.add_emitted();
    position->set_topic(stream.stream.topic);
    position->set_partition(stream.stream.partition);
    position->set_seq(stream.stamped_seq);
  }
  for (const auto& consumed : status.consumed) {
    auto* position = progress.add_consumed();
    position->set_topic(consumed.stream.topic);
    position->set_partition(consumed.stream.partition);
    position->set_seq(consumed.seq);
  }
  for (const auto& topic : parts.topics) progress.add_topics(topic);
  progress.set_unstamped(status.unstamped);
  progress.set_waiting(status.waiting);
  progress.set_parked(status.parked);
  progress.set_jobs_running(parts.jobs.running());
  ASSIGN_OR_RETURN(const auto due, parts.jobs.NextDueAt(tx));
  if (due) *progress.mutable_next_due_at() = json::ToTimestamp(*due);
  *progress.mutable_clock() = json::ToTimestamp(tx.now());
  // Whoever waits for the work to be done need not wait for the next poll.
  if (due && *due <= tx.now()) parts.jobs.Kick();
  return progress;
}

Result<runtime::v1::Progress> GetProgress(RuntimeServiceParts& parts, const rpc::Call& call) {
  return parts.database.Work(call, [&](Transaction& tx) { return ReadProgress(parts, tx); });
}

Result<runtime::v1::Progress> SetClock(RuntimeServiceParts& parts, const rpc::Call& call,
                                       const runtime::v1::SetClockRequest& request) {
  RETURN_IF_FAULT(parts.database.Work(call, [&](Transaction& tx) -> Result<void> {
    postgres::SetBusinessClock(tx, json::ToInstant(request.at()));
    return {};
  }));
  parts.jobs.Kick();
  return GetProgress(parts, call);
}

Result<runtime::v1::FollowUps> ListFollowUps(RuntimeServiceParts& parts, const rpc::Call& call,
                                             const runtime::v1::ListFollowUpsRequest& request) {
  return parts.database.Work(call, [&](Transaction& tx) -> Result<runtime::v1::FollowUps> {
    runtime::v1::FollowUps answer;
    const auto found = events::GetFollowUps(tx, request.request_id());
    answer.set_count(found.count);
    answer.set_unstamped(found.unstamped);
    for (const auto& head : found.heads) {
      auto* position = answer.add_heads();
      position->set_topic(head.stream.topic);
      position->set_partition(head.stream.partition);
      position->set_seq(head.stamped_seq);
    }
    for (const auto& event : found.events) {
      auto* out = answer.add_events();
      out->set_id(event.event_id);
      out->set_type(event.type);
      out->set_subject(event.subject);
      out->set_topic(event.topic);
      out->set_partition(event.partition);
      out->set_seq(event.seq);
      *out->mutable_time() = json::ToTimestamp(event.known_at);
      out->set_causation(event.causation);
      out->set_account_id(event.account_id);
      out->set_data(event.data);
    }
    for (const auto& deferred : found.deferred) {
      if (deferred.state == "parked") {
        answer.set_parked(answer.parked() + 1);
      } else {
        answer.set_waiting(answer.waiting() + 1);
      }
    }
    return answer;
  });
}

Result<runtime::v1::DeferredEvents> ListDeferredEvents(
    RuntimeServiceParts& parts, const rpc::Call& call,
    const runtime::v1::ListDeferredEventsRequest& request) {
  events::DeferredFilter filter{.state = request.state(), .after = request.after()};
  if (request.limit() > 0) filter.limit = std::min(request.limit(), kDeferredMax);
  return parts.database.Work(call, [&](Transaction& tx) -> Result<runtime::v1::DeferredEvents> {
    runtime::v1::DeferredEvents answer;
    for (const auto& deferred : events::ListDeferred(tx, filter)) {
      auto* out = answer.add_entries();
      out->set_id(deferred.id);
      out->set_service(parts.service);
      out->set_event_id(deferred.event.event_id);
      out->set_type(deferred.event.type);
      out->set_key(deferred.event.key);
      out->set_state(deferred.state);
      out->set_reason(deferred.reason);
      out->set_awaited(deferred.awaited);
      out->set_attempts(deferred.attempts);
      *out->mutable_since() = json::ToTimestamp(deferred.event.recorded_at);
    }
    return answer;
  });
}

Result<runtime::v1::DeferredEvents> ResolveDeferredEvent(
    RuntimeServiceParts& parts, const rpc::Call& call,
    const runtime::v1::ResolveDeferredEventRequest& request) {
  RETURN_IF_FAULT(parts.database.Work(call, [&](Transaction& tx) -> Result<void> {
    RETURN_IF_FAULT(request.drop() ? events::DropDeferred(tx, request.id())
                                   : events::RetryDeferred(tx, request.id()));
    const std::string& user = request.on_behalf_of();
    RecordOperatorAction(tx, {.principal = user.empty() ? call.principal.service : user,
                              .action = request.drop() ? "DropDeferredEvent" : "RetryDeferredEvent",
                              .subject_id = request.id()});
    return {};
  }));
  events::Raise("consumer/" + parts.service);
  return ListDeferredEvents(parts, call, {});
}

}  // namespace

void OfferRuntimeService(RuntimeServiceParts& parts, rpc::Methods& methods) {
  const std::string prefix = "continuo.runtime.v1.RuntimeService/";
  methods.On<v1::GetProgressRequest, v1::Progress>(
      prefix + "GetProgress", [&parts](const rpc::Call& call, const v1::GetProgressRequest&) {
        return GetProgress(parts, call);
      });
  methods.On<v1::SetClockRequest, v1::Progress>(
      prefix + "SetClock", [&parts](const rpc::Call& call, const v1::SetClockRequest& request) {
        return SetClock(parts, call, request);
      });
  methods.On<v1::ListFollowUpsRequest, v1::FollowUps>(
      prefix + "ListFollowUps",
      [&parts](const rpc::Call& call, const v1::ListFollowUpsRequest& request) {
        return ListFollowUps(parts, call, request);
      });
  methods.On<v1::ListDeferredEventsRequest, v1::DeferredEvents>(
      prefix + "ListDeferredEvents",
      [&parts](const rpc::Call& call, const v1::ListDeferredEventsRequest& request) {
        return ListDeferredEvents(parts, call, request);
      });
  methods.On<v1::ResolveDeferredEventRequest, v1::DeferredEvents>(
      prefix + "ResolveDeferredEvent",
      [&parts](const rpc::Call& call, const v1::ResolveDeferredEventRequest& request) {
        return ResolveDeferredEvent(parts, call, request);
      });
  methods.On<v1::ResendRequest, v1::Progress>(
      prefix + "Resend", [&parts](const rpc::Call& call, const v1::ResendRequest& request) {
        parts.relay.Resend({request.topic(), request.partition()}, request.from_seq());
        return GetProgress(parts, call);
      });
}

}  // namespace continuo::runtime
