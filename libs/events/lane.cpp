#include "libs/events/lane.h"

#include <google/protobuf/message.h>

#include "libs/events/deferred.h"
#include "libs/events/event_row.h"
#include "libs/postgres/database.h"
#include "libs/postgres/failpoint.h"
#include "libs/events/sql.h"

namespace continuo::events {
namespace {

using postgres::Failpoint;
using postgres::Row;
using postgres::Rows;
using postgres::Transaction;
using Clock = std::chrono::steady_clock;

// In hand of one stream: above the first the transport is asked to pause, below the second to go
// on; beyond the third (the far side of a gap) events are let go, since a re-send brings them again.
constexpr std::size_t kHeldPause = 2'000, kHeldResume = 500, kHeldMax = 8'000;
constexpr std::chrono::milliseconds kBusyPause{20};  // another replica has the stream just now
constexpr int kRetriesAtOnce = 100;

std::chrono::milliseconds Doubled(std::chrono::milliseconds base, int times,
                                  std::chrono::milliseconds most) {
  return std::min(base * (1 << std::min(times, 16)), most);
}

// The call under which an event is handled. A handler that knows its type acts on it and is audited;
// one that takes a topic as it is copies it.
rpc::Call CallToApply(const std::string& service, const Prepared& prepared) {
  rpc::Call call = CallFor(service, *prepared.event);
  if (prepared.parts.empty()) return call;
  call.work = {.name = "on." + prepared.event->type, .subject = prepared.event->subject};
  return call;
}

// Ends the transaction without a word: what happened is in the Attempt.
Failure Stop() { return Aborted("CONFLICT", "the stream's batch is not applied"); }

}  // namespace

Lane::Lane(const ConsumersConfig& config, int number, const Dispatch& dispatch,
           postgres::Database& database, Transport& transport, ConsumerMetrics& metrics)
    : config_(config),
      dispatch_(dispatch),
      database_(database),
      metrics_(metrics),
      idle_({"consumer/" + config.service}) {
  subscription_ = transport.Subscribe(
      {.consumer = config.service,
       .topics = dispatch.topics(),
       .lane = number,
       .lanes = config.lanes,
       .assigned = [this](std::span<const Stream> streams) { return Assigned(streams); },
       .revoked = [this](std::span<const Stream> streams) { Revoked(streams); }});
}

Lane::~Lane() = default;

void Lane::Wake() {
  idle_.Raise("");
  subscription_->Wake();
}

void Lane::Rest() { idle_.Wait(Clock::now() + config_.retry_after_max); }

Result<std::vector<int64_t>> Lane::Assigned(std::span<const Stream> streams) {
  std::vector<std::string> topics;
  std::vector<int> partitions;
  for (const Stream& stream : streams) {
    topics.push_back(stream.topic);
    partitions.push_back(stream.partition);
  }
  std::map<Stream, int64_t> positions;
  const rpc::Call call = rpc::Call::AsService(config_.service, "");
  RETURN_IF_FAULT(database_.Work(call, [&](Transaction& tx) -> Result<void> {
    tx.Run(sql::insert_positions, config_.service, topics, partitions);
    for (const Row row : tx.Run(sql::select_positions, config_.service)) {
      positions[{std::string(row.Text("topic")), static_cast<int>(row.Int("partition"))}] =
          row.Int("seq");
    }
    return {};
  }));
  std::vector<int64_t> seqs;
  for (const Stream& stream : streams) {
    streams_[stream] = {.stream = stream, .last = positions[stream]};
    seqs.push_back(positions[stream]);
  }
  return seqs;
}

void Lane::Revoked(std::span<const Stream> streams) {
  for (const Stream& stream : streams) streams_.erase(stream);
}

bool Lane::Ready(const StreamState& state, Time now) const {
  return !state.held.empty() && state.held.begin()->first == state.last + 1 &&
         now >= state.paused_until;
}

// When there is something to do even if nothing comes.
Lane::Time Lane::NextDue(Time until) const {
  const Time now = Clock::now();
  Time due = std::min({until, poll_at_, retry_at_});
  for (const auto& [stream, state] : streams_) {
    if (Ready(state, now)) return now;
    if (!state.held.empty() && state.paused_until > now) due = std::min(due, state.paused_until);
    if (state.gap_since) due = std::min(due, state.ask_again_at);
  }
  return due;
}

std::size_t Lane::Step(Time until) {
  if (!idle_.Wait(Clock::now()).empty()) poll_at_ = Clock::now();
  if (Clock::now() >= poll_at_) Poll();
  if (Clock::now() >= retry_at_) RetryDue();
  if (Clock::now() < transport_back_at_) {
    idle_.Wait(std::min(transport_back_at_, NextDue(until)));
  } else if (Result<std::vector<Event>> events = subscription_->Poll(NextDue(until)); events) {
    for (Event& event : *events) Take(std::move(event));
  } else {
    transport_back_at_ = Clock::now() + config_.retry_after;
    ++metrics_.retries_total;
  }
  std::size_t applied = 0;
  for (auto& [stream, state] : streams_) {
    applied += ApplySome(state);
    Balance(state);
  }
  return applied;
}

void Lane::Take(Event event) {
  const auto found = streams_.find(event.stream());
  if (found == streams_.end()) return;  // revoked meanwhile
  StreamState& state = found->second;
  const int64_t seq = event.seq;
  state.seen = std::max(state.seen, seq);
  if (seq <= state.last) {
    ++metrics_.duplicates_total;
    if (state.gap_since) state.gap_since = Clock::now();  // it is on its way
    return;
  }
  if (!state.held.emplace(seq, std::move(event)).second) ++metrics_.duplicates_total;
  if (state.held.size() > kHeldMax) state.held.erase(std::prev(state.held.end()));
}

void Lane::Balance(StreamState& state) {
  const bool gap = state.gap_since.has_value();
  if (!state.paused_in_transport && state.held.size() >= kHeldPause && !gap) {
    subscription_->Pause(state.stream);
    state.paused_in_transport = true;
  } else if (state.paused_in_transport && (state.held.size() < kHeldResume || gap)) {
    subscription_->Resume(state.stream);
    state.paused_in_transport = false;
  }
}

std::size_t Lane::ApplySome(StreamState& state) {
  const Time now = Clock::now();
  if (now < state.paused_until) return 0;
  if (!Ready(state, now)) {
    HandleGap(state);
    return 0;
  }
  state.gap_since.reset();
  state.alarmed = false;
  std::vector<Prepared> run = PrepareRun(state);
  return Settle(state, run, Try(state, run));
}

// The next events in sequence, decoded and with their documents, outside of any transaction.
std::vector<Prepared> Lane::PrepareRun(StreamState& state) {
  std::vector<Prepared> run;
  int64_t next = state.last + 1;
  int documents = 0;
  for (const auto& [seq, event] : state.held) {
    if (seq != next++ || run.size() == static_cast<std::size_t>(config_.batch_events_max)) break;
    if (state.batch_end != 0 && seq > state.batch_end) break;
    if (documents >= config_.batch_documents_max) break;
    Prepared prepared = dispatch_.Prepare(event, !state.deferred_keys.contains(event.key));
    const bool failed = prepared.fault.has_value();
    if (failed && !run.empty()) break;  // its turn comes as the first of a batch
    documents += prepared.documents;
    run.push_back(std::move(prepared));
    if (failed) break;
  }
  return run;
}

Lane::Attempt Lane::Try(StreamState& state, std::span<Prepared> run) {
  Attempt attempt;
  rpc::Call call = CallFor(config_.service, *run.front().event);
  attempt.committed = database_.Work(call, [&](Transaction& tx) -> Result<void> {
    attempt = Attempt{};
    RETURN_IF_FAULT(ApplyRun(tx, call, state, run, attempt));
    Failpoint("consumer.before_commit");
    return {};
  });
  if (attempt.committed) Failpoint("consumer.after_commit");
  return attempt;
}

// The transaction: the position is locked, the effects are made, the position moves. `call` is the
// transaction's own: what a handler appends is correlated with the event that it handles.
Result<void> Lane::ApplyRun(Transaction& tx, rpc::Call& call, const StreamState& state,
                            std::span<Prepared> run, Attempt& attempt) {
  const auto& [topic, partition] = state.stream;
  const Time began = Clock::now();
  const Rows position = tx.Run(sql::lock_position, config_.service, topic, partition);
  if (position.empty()) {
    attempt.busy = true;
    return Stop();
  }
  if (position.front().Int("seq") != state.last) {
    attempt.position = position.front().Int("seq");
    return Stop();
  }
  for (const Row row : tx.Run(sql::select_deferred_keys, config_.service, topic, partition)) {
    attempt.deferred_keys.emplace(row.Text("key"));
  }
  for (Prepared& prepared : run) {
    const Event& event = *prepared.event;
    if (attempt.deferred_keys.contains(event.key)) {
      InsertDeferred(tx, config_.service, event, {});
    } else if (prepared.documents_left_out) {
      attempt.stale_document = true;
      return Stop();
    } else {
      call = CallToApply(config_.service, prepared);
      Outcome outcome = dispatch_.Apply(tx, prepared);
      if (!outcome.done()) {
        attempt.failed = attempt.applied;
        attempt.outcome = std::move(outcome);
        return Stop();
      }
    }
    ++attempt.applied;
    if (Clock::now() - began >= config_.batch_time_max) break;
  }
  Failpoint("consumer.after_effect");
  const int64_t reached = run[attempt.applied - 1].event->seq;
  if (tx.Run(sql::move_position, config_.service, topic, partition, state.last, reached)
          .affected() != 1) {
    attempt.position = state.last;
    return Stop();
  }
  return {};
}

std::size_t Lane::Settle(StreamState& state, std::span<Prepared> run, Attempt attempt) {
  if (attempt.committed) {
    state.deferred_keys = std::move(attempt.deferred_keys);
    AfterCommit(state, run.first(attempt.applied));
    return attempt.applied;
  }
  if (attempt.busy) {
    state.paused_until = Clock::now() + kBusyPause;
  } else if (attempt.position) {
    ++metrics_.lost_races_total;
    Moved(state, *attempt.position);
  } else if (attempt.stale_document) {
    state.deferred_keys = std::move(attempt.deferred_keys);
  } else if (attempt.failed && *attempt.failed > 0) {
    // What stands before it goes first, then it alone: nothing else can be to blame.
    state.batch_end = run[*attempt.failed].event->seq - 1;
  } else if (attempt.failed) {
    HandleFailure(state, run.front(), *attempt.outcome);
  } else {
    // Also when the COMMIT's answer was lost: the position tells at the next try.
    PauseStream(state, attempt.committed.error());
  }
  return 0;
}

void Lane::AfterCommit(StreamState& state, std::span<const Prepared> applied) {
  std::set<std::string> subjects;
  for (const Prepared& prepared : applied) subjects.insert(prepared.event->subject);
  metrics_.applied_total += static_cast<int64_t>(applied.size());
  metrics_.lag_microseconds = MicrosecondsSince(applied.back().event->recorded_at);
  state.last = applied.back().event->seq;
  state.held.erase(state.held.begin(), state.held.upper_bound(state.last));
  if (state.last >= state.batch_end) state.batch_end = 0;
  state.pause = {};
  subscription_->Applied(state.stream, state.last);
  if (retry_at_ != Time::max()) Hasten(subjects);
}

void Lane::HandleFailure(StreamState& state, const Prepared& failed, const Outcome& outcome) {
  if (outcome.fault() && IsTransient(*outcome.fault())) {
    PauseStream(state, *outcome.fault());
    return;
  }
  Defer(state, *failed.event, outcome);
}

// Puts the event aside and moves the position, in one transaction.
void Lane::Defer(StreamState& state, const Event& event, const Outcome& outcome) {
  const auto& [topic, partition] = state.stream;
  const rpc::Call call = CallFor(config_.service, event);
  const Result<void> deferred = database_.Work(call, [&](Transaction& tx) -> Result<void> {
    const Rows position = tx.Run(sql::lock_position, config_.service, topic, partition);
    if (position.empty() || position.front().Int("seq") != state.last) return Stop();
    InsertDeferred(tx, config_.service, event, StateFor(outcome, config_.retry_after));
    tx.Run(sql::move_position, config_.service, topic, partition, state.last, event.seq);
    return {};
  });
  if (!deferred) {
    PauseStream(state, deferred.error());
    return;
  }
  if (outcome.fault()) Tell(state, *outcome.fault());
  ++metrics_.deferred_total;
  if (outcome.wait()) retry_at_ = std::min(retry_at_, Clock::now() + config_.retry_after);
  state.deferred_keys.insert(event.key);
  state.last = event.seq;
  state.pause = {};
  if (state.last >= state.batch_end) state.batch_end = 0;
  state.held.erase(event.seq);  // and with it `event`
}

// Another replica, or an operator's replay, has moved the position.
void Lane::Moved(StreamState& state, int64_t position) {
  if (position < state.last) {
    state.held.clear();
    subscription_->Seek(state.stream, position + 1);
  } else {
    state.held.erase(state.held.begin(), state.held.upper_bound(position));
  }
  state.last = position;
  state.batch_end = 0;
  state.gap_since.reset();
}

void Lane::Tell(const StreamState& state, const Fault& why) const {
  if (!config_.on_error) return;
  config_.on_error(config_.service + " consuming " + state.stream.topic + "/" +
                   std::to_string(state.stream.partition) + " after " +
                   std::to_string(state.last) + ": " + why.reason + ": " + why.message);
}

void Lane::PauseStream(StreamState& state, const Fault& why) {
  ++metrics_.retries_total;
  if (state.pause.count() == 0) Tell(state, why);  // once, not at each try
  state.pause = state.pause.count() == 0 ? config_.retry_after
                                         : std::min(state.pause * 2, config_.retry_after_max);
  state.paused_until = Clock::now() + state.pause;
}

void Lane::HandleGap(StreamState& state) {
  if (state.held.empty() && state.seen <= state.last) {
    state.gap_since.reset();
    return;
  }
  const Time now = Clock::now();
  if (!state.gap_since) {
    state.gap_since = now;
    state.ask_again_at = now + config_.gap_patience;
  }
  if (now < state.ask_again_at) return;
  subscription_->RequestResend(state.stream, state.last + 1);
  state.ask_again_at = now + 4 * config_.gap_patience;
  if (now - *state.gap_since >= 10 * config_.gap_patience && !state.alarmed) {
    ++metrics_.gap_alarms_total;
    state.alarmed = true;
  }
}

void Lane::Poll() {
  poll_at_ = Clock::now() + config_.slow_poll;
  retry_at_ = Clock::now();
  const rpc::Call call = rpc::Call::AsService(config_.service, "");
  std::map<Stream, int64_t> positions;
  const Result<void> polled = database_.Work(call, [&](Transaction& tx) -> Result<void> {
    for (const Row row : tx.Run(sql::select_positions, config_.service)) {
      positions[{std::string(row.Text("topic")), static_cast<int>(row.Int("partition"))}] =
          row.Int("seq");
    }
    const Rows counts = tx.Run(sql::count_deferred_events, config_.service);
    metrics_.waiting = counts.front().Int("waiting");
    metrics_.parked = counts.front().Int("parked");
    return {};
  });
  if (!polled) return;
  int64_t lag = 0;
  for (auto& [stream, state] : streams_) {
    const auto found = positions.find(stream);
    if (found != positions.end() && found->second != state.last) Moved(state, found->second);
    lag += std::max<int64_t>(0, state.seen - state.last);
  }
  metrics_.lag_events = lag;
}

void Lane::RetryDue() {
  retry_at_ = Time::max();
  std::vector<std::pair<Stream, std::string>> due;
  const rpc::Call call = rpc::Call::AsService(config_.service, "");
  const Result<void> found = database_.Work(call, [&](Transaction& tx) -> Result<void> {
    due.clear();
    for (const Row row :
         tx.Run(sql::select_due_deferred_events, config_.service, kRetriesAtOnce)) {
      const std::chrono::milliseconds due_in(row.Int("due_in_ms"));
      // Never sooner than that: a key of another lane's or replica's stream stays due for a while.
      retry_at_ = std::min(retry_at_, Clock::now() + std::max(due_in, config_.retry_after));
      if (due_in.count() > 0) break;
      due.push_back({{std::string(row.Text("topic")), static_cast<int>(row.Int("partition"))},
                     std::string(row.Text("key"))});
    }
    return {};
  });
  if (!found) return;  // the slow poll comes
  for (const auto& [stream, key] : due) {
    const auto state = streams_.find(stream);
    if (state != streams_.end()) RetryKey(state->second, key);
  }
}

// Applies what is put aside of a key, in order, until one has to wait again.
void Lane::RetryKey(StreamState& state, const std::string& key) {
  const DeferredKey where{config_.service, state.stream, key};
  while (true) {
    rpc::Call call = rpc::Call::AsService(config_.service, "");
    const auto first = database_.Work(
        call, [&](Transaction& tx) -> Result<std::optional<DeferredEvent>> {
          return FirstDeferred(tx, where);
        });
    if (!first || !*first || (*first)->state == "parked") return;
    const DeferredEvent& deferred = **first;
    const Prepared prepared = dispatch_.Prepare(deferred.event, true);
    call = CallToApply(config_.service, prepared);
    std::optional<Outcome> outcome;
    const Result<void> applied = database_.Work(call, [&](Transaction& tx) -> Result<void> {
      outcome.reset();
      const Rows position = tx.Run(sql::lock_position, config_.service, state.stream.topic,
                                   state.stream.partition);
      const auto still = FirstDeferred(tx, where);
      if (position.empty() || !still || still->event.seq != deferred.event.seq) return Stop();
      outcome = dispatch_.Apply(tx, prepared);
      if (!outcome->done()) return Stop();
      RemoveDeferred(tx, config_.service, deferred.event);
      return {};
    });
    if (applied) {
      ++metrics_.applied_total;
      Hasten({deferred.event.subject});
      continue;
    }
    if (outcome && !outcome->done()) PutBack(deferred, *outcome);
    return;
  }
}

// It was tried in vain: it waits on, a little longer, or is parked.
void Lane::PutBack(const DeferredEvent& deferred, const Outcome& outcome) {
  DeferredState state = StateFor(
      outcome, Doubled(config_.retry_after, deferred.attempts, config_.retry_after_max));
  if (outcome.fault() && IsTransient(*outcome.fault())) {
    state.state = "waiting";
    state.awaited = deferred.awaited;
    state.attempts = 0;
  }
  const rpc::Call call = CallFor(config_.service, deferred.event);
  (void)database_.Work(call, [&](Transaction& tx) -> Result<void> {
    const Rows position = tx.Run(sql::lock_position, config_.service, deferred.event.topic,
                                 deferred.event.partition);
    if (position.empty()) return Stop();  // whoever has it tries it too
    UpdateDeferred(tx, config_.service, deferred.event, state);
    return {};
  });
}

// Whoever waits for these subjects is tried now.
void Lane::Hasten(const std::set<std::string>& subjects) {
  const rpc::Call call = rpc::Call::AsService(config_.service, "");
  const auto hastened = database_.Work(call, [&](Transaction& tx) -> Result<std::size_t> {
    const std::vector<std::string> list(subjects.begin(), subjects.end());
    return tx.Run(sql::hasten_awaiting_events, config_.service, list).affected();
  });
  if (!hastened || *hastened == 0) return;
  retry_at_ = Clock::now();
  if (config_.lanes > 1) Raise("consumer/" + config_.service);
}

}  // namespace continuo::events
