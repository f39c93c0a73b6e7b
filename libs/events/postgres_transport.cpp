#include "libs/events/postgres_transport.h"

#include <map>
#include <set>
#include <thread>

#include "libs/events/event_row.h"
#include "libs/events/signals.h"
#include "libs/postgres/database.h"
#include "libs/event_bus/sql.h"

namespace continuo::events {
namespace {

using postgres::Row;
using postgres::Transaction;
using std::chrono::steady_clock;

const std::string kBusSignal = "bus/";
constexpr int kStreamEventsMax = 500;  // of one stream in one poll, so that none starves the others

rpc::Call BusCall() { return rpc::Call::AsService("event_bus", ""); }

// Tells the other processes which signals to raise, from a thread of its own: the relay does not
// wait for it, and what is produced meanwhile is told at once.
class Notifier {
 public:
  explicit Notifier(postgres::Database& bus) : bus_(bus), waiter_({}), thread_([this] { Run(); }) {}
  ~Notifier() {
    stopping_ = true;
    waiter_.Raise("");
    thread_.join();
  }
  void Tell(const std::string& name) { waiter_.Raise(name); }

 private:
  void Run() {
    while (!stopping_) {
      std::vector<std::string> payloads;
      for (const std::string& name : waiter_.Wait(steady_clock::now() + std::chrono::minutes(1))) {
        if (!name.empty()) payloads.push_back(NotifyPayload(name));
      }
      if (payloads.empty()) continue;
      // Lost when the bus is away: the consumers' slow poll makes it good.
      (void)bus_.Work(BusCall(), [&](Transaction& tx) -> Result<void> {
        tx.Run(event_bus::sql::notify, payloads);
        return {};
      });
    }
  }

  postgres::Database& bus_;
  Waiter waiter_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// "consumer/..." too: what an operator has just retried need not wait for the next poll.
std::vector<std::string> SignalsOf(const SubscribeOptions& options) {
  std::vector<std::string> names{"consumer/" + options.consumer};
  for (const std::string& topic : options.topics) names.push_back(kBusSignal + topic);
  return names;
}

void InsertLog(Transaction& tx, std::span<const Event> events) {
  std::vector<std::string> topics, keys, types, subjects, data, correlations, causations, parents;
  std::vector<std::string> ids, accounts;
  std::vector<int> partitions;
  std::vector<int64_t> seqs, versions;
  std::vector<calendar::Instant> known, recorded;
  for (const Event& event : events) {
    topics.push_back(event.topic);
    partitions.push_back(event.partition);
    seqs.push_back(event.seq);
    ids.push_back(event.event_id);
    keys.push_back(event.key);
    types.push_back(event.type);
    subjects.push_back(event.subject);
    versions.push_back(event.source_version);
    data.push_back(event.data);
    correlations.push_back(event.correlation);
    causations.push_back(event.causation);
    parents.push_back(event.traceparent);
    accounts.push_back(event.account_id);
    known.push_back(event.known_at);
    recorded.push_back(event.recorded_at);
  }
  tx.Run(event_bus::sql::insert_log, topics, partitions, seqs, postgres::IdArray("evt", ids), keys,
         types, subjects, versions, data, correlations, causations, parents,
         postgres::IdArray("acc", accounts), known, recorded);
}

class LogSubscription : public Subscription {
 public:
  LogSubscription(postgres::Database& bus, Notifier& notifier, PostgresTransportConfig config,
                  SubscribeOptions options)
      : bus_(bus),
        notifier_(notifier),
        config_(config),
        options_(std::move(options)),
        waiter_(SignalsOf(options_)) {
    for (const std::string& topic : options_.topics) {
      for (int partition = 0; partition < kPartitions; ++partition) {
        if (partition % options_.lanes == options_.lane) streams_.push_back({topic, partition});
      }
    }
  }

  Result<std::vector<Event>> Poll(steady_clock::time_point until) override;
  void Seek(const Stream& stream, int64_t seq) override {
    delivered_[stream] = seq - 1;
    stale_.insert(stream.topic);
  }
  void Pause(const Stream& stream) override { paused_.insert(stream); }
  void Resume(const Stream& stream) override {
    if (paused_.erase(stream) > 0) stale_.insert(stream.topic);
  }
  void Applied(const Stream&, int64_t) override {}  // the consumer's own database remembers
  void RequestResend(const Stream& stream, int64_t seq) override;
  void Wake() override { waiter_.Raise(""); }

 private:
  Result<void> Begin();
  Result<std::vector<Event>> Read();

  postgres::Database& bus_;
  Notifier& notifier_;
  PostgresTransportConfig config_;
  SubscribeOptions options_;
  Waiter waiter_;
  std::vector<Stream> streams_;
  std::map<Stream, int64_t> delivered_;  // empty until the positions are known
  std::set<Stream> paused_;
  std::set<std::string> stale_;  // topics that may hold more than was delivered
  steady_clock::time_point all_stale_at_{};
};

Result<void> LogSubscription::Begin() {
  ASSIGN_OR_RETURN(const std::vector<int64_t> positions, options_.assigned(streams_));
  for (std::size_t i = 0; i < streams_.size(); ++i) delivered_[streams_[i]] = positions[i];
  return {};
}

Result<std::vector<Event>> LogSubscription::Poll(steady_clock::time_point until) {
  if (delivered_.empty() && !streams_.empty()) RETURN_IF_FAULT(Begin());
  if (steady_clock::now() >= all_stale_at_) {
    stale_.insert(options_.topics.begin(), options_.topics.end());
    all_stale_at_ = steady_clock::now() + config_.slow_poll;
  }
  if (stale_.empty()) {
    for (const std::string& name : waiter_.Wait(std::min(until, all_stale_at_))) {
      if (name.starts_with(kBusSignal)) stale_.insert(name.substr(kBusSignal.size()));
    }
  }
  if (stale_.empty()) return std::vector<Event>{};
  return Read();
}

// One query over the streams of the topics that may hold something.
Result<std::vector<Event>> LogSubscription::Read() {
  std::vector<std::string> topics;
  std::vector<int> partitions;
  std::vector<int64_t> after;
  for (const Stream& stream : streams_) {
    if (!stale_.contains(stream.topic) || paused_.contains(stream)) continue;
    topics.push_back(stream.topic);
    partitions.push_back(stream.partition);
    after.push_back(delivered_[stream]);
  }
  const std::set<std::string> asked = std::exchange(stale_, {});
  Result<std::vector<Event>> events =
      bus_.Work(BusCall(), [&](Transaction& tx) -> Result<std::vector<Event>> {
        return EventsFrom(tx.Run(event_bus::sql::select_log, topics, partitions, after,
                                 kStreamEventsMax, config_.poll_events_max));
      });
  if (!events) {
    stale_ = asked;
    return events;
  }
  std::map<Stream, int> counts;
  for (const Event& event : *events) {
    int64_t& delivered = delivered_[event.stream()];
    delivered = std::max(delivered, event.seq);
    if (++counts[event.stream()] == kStreamEventsMax) stale_.insert(event.topic);
  }
  if (events->size() == static_cast<std::size_t>(config_.poll_events_max)) {
    stale_.insert(asked.begin(), asked.end());
  }
  return events;
}

void LogSubscription::RequestResend(const Stream& stream, int64_t seq) {
  Seek(stream, seq);  // it may be in the log by now
  const Result<void> requested = bus_.Work(BusCall(), [&](Transaction& tx) -> Result<void> {
    tx.Run(event_bus::sql::insert_resend_request, stream.topic, stream.partition, seq);
    return {};
  });
  if (!requested) return;  // the consumer asks again
  const std::string name = "resend/" + std::string(OwnerOf(stream.topic));
  Raise(name);
  notifier_.Tell(name);
}

}  // namespace

struct PostgresTransport::Implementation {
  Implementation(postgres::Database& bus, PostgresTransportConfig config)
      : bus(bus), config(config), notifier(bus) {}
  postgres::Database& bus;
  PostgresTransportConfig config;
  Notifier notifier;
};

PostgresTransport::PostgresTransport(postgres::Database& bus, PostgresTransportConfig config)
    : implementation_(std::make_unique<Implementation>(bus, config)) {}

PostgresTransport::~PostgresTransport() = default;

Result<void> PostgresTransport::Produce(std::span<const Event> events) {
  if (events.empty()) return {};
  RETURN_IF_FAULT(implementation_->bus.Work(BusCall(), [&](Transaction& tx) -> Result<void> {
    InsertLog(tx, events);
    return {};
  }));
  std::set<std::string> topics;
  for (const Event& event : events) topics.insert(event.topic);
  for (const std::string& topic : topics) {
    Raise(kBusSignal + topic);
    implementation_->notifier.Tell(kBusSignal + topic);
  }
  return {};
}

std::unique_ptr<Subscription> PostgresTransport::Subscribe(SubscribeOptions options) {
  return std::make_unique<LogSubscription>(implementation_->bus, implementation_->notifier,
                                           implementation_->config, std::move(options));
}

Result<std::vector<ResendRequest>> PostgresTransport::TakeResendRequests(
    const std::string& service) {
  return implementation_->bus.Work(
      BusCall(), [&](Transaction& tx) -> Result<std::vector<ResendRequest>> {
        const std::vector<std::string> topics = {service, service + ".audit"};
        std::vector<ResendRequest> requests;
        for (const Row row : tx.Run(event_bus::sql::take_resend_requests, topics)) {
          requests.push_back(
              {{std::string(row.Text("topic")), static_cast<int>(row.Int("partition"))},
               row.Int("from_seq")});
        }
        return requests;
      });
}

Result<std::size_t> PostgresTransport::Forget(std::chrono::hours age, int limit) {
  return implementation_->bus.Work(BusCall(), [&](Transaction& tx) -> Result<std::size_t> {
    return tx.Run(event_bus::sql::forget_log, static_cast<int64_t>(age.count()), limit).affected();
  });
}

}  // namespace continuo::events
