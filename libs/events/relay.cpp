#include "libs/events/relay.h"

#include <map>
#include <mutex>
#include <thread>

#include "libs/events/event_row.h"
#include "libs/events/signals.h"
#include "libs/postgres/database.h"
#include "libs/postgres/failpoint.h"
#include "libs/postgres/lease.h"
#include "libs/events/sql.h"

namespace continuo::events {
namespace {

using postgres::Failpoint;
using postgres::Lease;
using postgres::Row;
using postgres::Rows;
using postgres::Transaction;
using std::chrono::steady_clock;

constexpr int kMonthsAhead = 2;
constexpr std::chrono::hours kPrepareEvery{12};
constexpr std::chrono::milliseconds kRetryAfter{200};
// Between two NOTIFYs of a process that does not hold the lease: what comes meanwhile is one.
constexpr std::chrono::milliseconds kNotifyGap{2};

// What each stream is given in one batch.
struct Shares {
  std::vector<std::string> topics;
  std::vector<int> partitions;
  std::vector<int64_t> counts;
};

Shares SharesOf(const std::vector<Event>& events) {
  std::map<Stream, int64_t> counts;
  for (const Event& event : events) ++counts[event.stream()];
  Shares shares;
  for (const auto& [stream, count] : counts) {
    shares.topics.push_back(stream.topic);
    shares.partitions.push_back(stream.partition);
    shares.counts.push_back(count);
  }
  return shares;
}

// Gives unsent rows their places. The caller has checked the lease in this transaction.
std::vector<Event> StampBatch(Transaction& tx, int batch_events_max) {
  const Rows rows = tx.Run(sql::select_unsent_events, batch_events_max);
  if (rows.empty()) return {};
  std::vector<Event> events = EventsFrom(rows);
  const Shares shares = SharesOf(events);
  std::map<Stream, int64_t> next;
  const Rows heads =
      tx.Run(sql::advance_stamped_positions, shares.topics, shares.partitions, shares.counts);
  for (const Row head : heads) {
    next[{std::string(head.Text("topic")), static_cast<int>(head.Int("partition"))}] =
        head.Int("stamped_seq") + 1;
  }
  for (std::size_t i = 0; i < shares.topics.size(); ++i) {
    next[{shares.topics[i], shares.partitions[i]}] -= shares.counts[i];
  }
  std::vector<int64_t> ids, seqs;
  std::vector<std::string> recorded;
  for (std::size_t i = 0; i < events.size(); ++i) {
    events[i].seq = next[events[i].stream()]++;
    ids.push_back(rows[i].Int("id"));
    recorded.emplace_back(rows[i].Text("recorded_at"));
    seqs.push_back(events[i].seq);
  }
  if (tx.Run(sql::stamp_events, ids, recorded, seqs).affected() != events.size()) {
    throw std::logic_error("an event was stamped by someone who does not hold the relay's lease");
  }
  return events;
}

}  // namespace

struct Relay::Implementation {
  Implementation(RelayConfig given, postgres::Database& database, Transport& transport)
      : config(std::move(given)),
        database(database),
        transport(transport),
        lease(database, "relay", config.holder, config.lease_term),
        waiter({"relay/" + config.service, "stamp/" + config.service,
                "resend/" + config.service}) {}

  Result<std::size_t> Round(bool take_requests);
  Result<std::vector<Event>> Stamp(const Lease& held);
  Result<void> Send(std::span<const Event> events);
  Result<void> SendAgain(const Stream& stream, int64_t from_seq);
  Result<void> SendUnproduced();
  Result<void> SendRequested(bool take_requests);
  void PrepareLog();
  void Run();
  void NoteProduced();
  Result<std::size_t> GuardedRound(bool take_requests);
  void PassOn(const std::set<std::string>& names);
  rpc::Call call() const { return rpc::Call::AsService(config.service, ""); }

  RelayConfig config;
  postgres::Database& database;
  Transport& transport;
  postgres::LeaseKeeper lease;
  Waiter waiter;
  RelayMetrics metrics;
  // By the last round, and not noted yet: the next round notes it, or after a crash it is sent again.
  Heads produced;
  int64_t recovered_epoch = -1;  // the epoch under which everything stamped is known produced
  steady_clock::time_point prepare_at{};
  std::mutex resend_mutex;
  std::vector<ResendRequest> resends;
  std::atomic<bool> stopping{false};
  std::thread thread;
};

Result<std::size_t> Relay::Implementation::Round(bool take_requests) {
  const std::optional<Lease> held = lease.Hold();
  metrics.holds_lease = held.has_value();
  if (!held) {
    recovered_epoch = -1;
    return 0;
  }
  if (steady_clock::now() >= prepare_at) PrepareLog();
  if (recovered_epoch != held->epoch) {
    RETURN_IF_FAULT(SendUnproduced());
    recovered_epoch = held->epoch;
  }
  RETURN_IF_FAULT(SendRequested(take_requests));
  const Result<std::vector<Event>> stamped = Stamp(*held);
  if (!stamped) {
    recovered_epoch = -1;  // its commit may have happened and only the answer been lost
    return tl::unexpected(stamped.error());
  }
  const std::vector<Event>& events = *stamped;
  if (events.empty()) return 0;
  Failpoint("relay.after_commit");
  if (const Result<void> sent = transport.Produce(events); !sent) {
    recovered_epoch = -1;  // the next round begins with what is stamped and not produced
    return tl::unexpected(sent.error());
  }
  Failpoint("relay.after_produce");
  produced = HeadsOf(events);
  metrics.produced_total += static_cast<int64_t>(events.size());
  metrics.lag_microseconds = MicrosecondsSince(events.front().recorded_at);
  return events.size();
}

// One transaction for what the last round produced and what this one takes on: each commit is a wait
// for the disk, and two would be half again as many between an event and its effect.
Result<std::vector<Event>> Relay::Implementation::Stamp(const Lease& held) {
  const Heads before = std::exchange(produced, {});
  return database.Work(call(), [&](Transaction& tx) -> Result<std::vector<Event>> {
    RETURN_IF_FAULT(tx.RequireLease(held));
    if (!before.topics.empty()) {
      tx.Run(sql::advance_produced_positions, before.topics, before.partitions, before.seqs);
    }
    std::vector<Event> events = StampBatch(tx, config.batch_events_max);
    if (!events.empty()) Failpoint("relay.before_commit");
    return events;
  });
}

// Produces events that are in order and notes how far.
Result<void> Relay::Implementation::Send(std::span<const Event> events) {
  RETURN_IF_FAULT(transport.Produce(events));
  Failpoint("relay.after_produce");
  return database.Work(call(), [&](Transaction& tx) -> Result<void> {
    const Heads heads = HeadsOf(events);
    tx.Run(sql::advance_produced_positions, heads.topics, heads.partitions, heads.seqs);
    return {};
  });
}

Result<void> Relay::Implementation::SendAgain(const Stream& stream, int64_t from_seq) {
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<Event> events,
                     database.Work(call(), [&](Transaction& tx) -> Result<std::vector<Event>> {
                       return EventsFrom(tx.Run(sql::select_stamped_events, stream.topic,
                                                stream.partition, from_seq,
                                                config.batch_events_max));
                     }));
    if (events.empty()) return {};
    RETURN_IF_FAULT(Send(events));
    metrics.resent_total += static_cast<int64_t>(events.size());
    from_seq = events.back().seq + 1;
  }
}

Result<void> Relay::Implementation::SendUnproduced() {
  ASSIGN_OR_RETURN(
      const std::vector<ResendRequest> unproduced,
      database.Work(call(), [&](Transaction& tx) -> Result<std::vector<ResendRequest>> {
        std::vector<ResendRequest> found;
        for (const Row row : tx.Run(sql::select_unproduced_positions)) {
          found.push_back({{std::string(row.Text("topic")), static_cast<int>(row.Int("partition"))},
                           row.Int("from_seq")});
        }
        return found;
      }));
  for (const ResendRequest& request : unproduced) {
    RETURN_IF_FAULT(SendAgain(request.stream, request.from_seq));
  }
  return {};
}

Result<void> Relay::Implementation::SendRequested(bool take_requests) {
  std::vector<ResendRequest> requested;
  {
    const std::lock_guard lock(resend_mutex);
    requested.swap(resends);
  }
  if (take_requests) {
    ASSIGN_OR_RETURN(const std::vector<ResendRequest> missed,
                     transport.TakeResendRequests(config.service));
    requested.insert(requested.end(), missed.begin(), missed.end());
  }
  // What fails here is asked for again by the consumer that misses it.
  for (const ResendRequest& request : requested) {
    if (OwnerOf(request.stream.topic) != config.service) continue;
    RETURN_IF_FAULT(SendAgain(request.stream, request.from_seq));
  }
  return {};
}

// Partitions ahead of time. That it fails (a lock held for long) is no reason to stop: there is a
// default partition, and the next try comes.
void Relay::Implementation::PrepareLog() {
  const Result<void> prepared = database.Work(call(), [&](Transaction& tx) -> Result<void> {
    tx.Run(sql::prepare_event_log, kMonthsAhead);
    return {};
  });
  prepare_at = steady_clock::now() + (prepared ? kPrepareEvery : std::chrono::hours(1));
}

// Wakes the process that holds the lease. Only what was raised here: what came by NOTIFY has another
// name ("stamp/"), so that two processes do not keep waking each other.
void Relay::Implementation::PassOn(const std::set<std::string>& names) {
  if (!names.contains("relay/" + config.service)) return;
  const Result<void> passed = database.Work(call(), [&](Transaction& tx) -> Result<void> {
    tx.Run(sql::notify, NotifyPayload("stamp/" + config.service));
    return {};
  });
  if (!passed) return;  // the holder's slow poll will find it
  std::this_thread::sleep_for(kNotifyGap);
}

// The relay's thread goes on whatever happens; a bug in one round is told and met again.
Result<std::size_t> Relay::Implementation::GuardedRound(bool take_requests) {
  Result<std::size_t> round = Internal("");
  try {
    round = Round(take_requests);
  } catch (const std::exception& error) {
    recovered_epoch = -1;
    round = Internal(error.what());
  }
  if (!round) {
    ++metrics.failures_total;
    if (config.on_error) config.on_error(round.error().reason + ": " + round.error().message);
  }
  return round;
}

// Of the last round there is. Not noted, it would be sent again.
void Relay::Implementation::NoteProduced() {
  if (produced.topics.empty()) return;
  (void)database.Work(call(), [&](Transaction& tx) -> Result<void> {
    tx.Run(sql::advance_produced_positions, produced.topics, produced.partitions, produced.seqs);
    return {};
  });
}

void Relay::Implementation::Run() {
  std::set<std::string> names;
  auto next_try = steady_clock::now();  // for the lease, while another holds it
  auto next_requests = next_try;
  while (!stopping) {
    const auto now = steady_clock::now();
    auto until = now + config.slow_poll;
    if (metrics.holds_lease || now >= next_try) {
      const bool take_requests =
          now >= next_requests || names.contains("resend/" + config.service);
      if (take_requests) next_requests = now + config.slow_poll;
      const Result<std::size_t> round = GuardedRound(take_requests);
      if (!round) {
        until = now + kRetryAfter;
      } else if (*round > 0) {
        until = now;  // to note what was produced, and to take what has come meanwhile
      }
      next_try = now + config.lease_term / 4;
    }
    if (!metrics.holds_lease) PassOn(names);
    names = waiter.Wait(until);
  }
  NoteProduced();
  lease.Release();
  metrics.holds_lease = false;
}

Relay::Relay(RelayConfig config, postgres::Database& database, Transport& transport)
    : implementation_(std::make_unique<Implementation>(std::move(config), database, transport)) {}

Relay::~Relay() { Stop(); }

void Relay::Start() {
  implementation_->stopping = false;
  implementation_->thread = std::thread([this] { implementation_->Run(); });
}

void Relay::Stop() {
  if (!implementation_->thread.joinable()) return;
  implementation_->stopping = true;
  implementation_->waiter.Raise("stop");
  implementation_->thread.join();
}

Result<std::size_t> Relay::Step() { return implementation_->Round(true); }

void Relay::Resend(const Stream& stream, int64_t from_seq) {
  {
    const std::lock_guard lock(implementation_->resend_mutex);
    implementation_->resends.push_back({stream, from_seq});
  }
  implementation_->waiter.Raise("resend/" + implementation_->config.service);
}

const RelayMetrics& Relay::metrics() const { return implementation_->metrics; }

}  // namespace continuo::events
