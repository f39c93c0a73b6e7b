// One thread's share of a service's consuming: its streams, what is in hand of them, and how each
// batch is applied. Private to libs/events; consumers.h says what is promised.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "libs/events/consumers.h"
#include "libs/events/dispatch.h"
#include "libs/events/signals.h"

namespace continuo::events {

// A stream as this lane sees it.
struct StreamState {
  using Time = std::chrono::steady_clock::time_point;

  Stream stream;
  int64_t last = 0;                 // applied, as far as this lane knows
  std::map<int64_t, Event> held;    // delivered, above last
  int64_t seen = 0;                 // highest that was ever delivered
  int64_t batch_end = 0;            // the next batch ends here, before one that failed; 0: anywhere
  std::set<std::string> deferred_keys;  // as of the last batch: their documents are not fetched
  Time paused_until{};
  std::chrono::milliseconds pause{0};
  std::optional<Time> gap_since;
  Time ask_again_at{};
  bool alarmed = false;
  bool paused_in_transport = false;
};

struct DeferredEvent;

class Lane {
 public:
  Lane(const ConsumersConfig& config, int number, const Dispatch& dispatch,
       postgres::Database& database, Transport& transport, ConsumerMetrics& metrics);
  ~Lane();

  std::size_t Step(std::chrono::steady_clock::time_point until);
  void Wake();
  void Rest();  // a moment, or until Wake

 private:
  using Time = std::chrono::steady_clock::time_point;
  // How one transaction over the first events of a stream ended.
  struct Attempt {
    std::size_t applied = 0;
    bool busy = false;                 // another replica has the stream
    std::optional<int64_t> position;   // it is not where this lane thought
    bool stale_document = false;       // a key is no longer deferred and its document not fetched
    std::optional<std::size_t> failed;  // which one failed, and how
    std::optional<Outcome> outcome;
    std::set<std::string> deferred_keys;
    Result<void> committed;
  };

  Result<std::vector<int64_t>> Assigned(std::span<const Stream> streams);
  void Revoked(std::span<const Stream> streams);
  Time NextDue(Time until) const;
  bool Ready(const StreamState& state, Time now) const;
  void Take(Event event);
  void Balance(StreamState& state);

  std::size_t ApplySome(StreamState& state);
  std::vector<Prepared> PrepareRun(StreamState& state);
  Attempt Try(StreamState& state, std::span<Prepared> run);
  Result<void> ApplyRun(postgres::Transaction& tx, rpc::Call& call, const StreamState& state,
                        std::span<Prepared> run, Attempt& attempt);
  std::size_t Settle(StreamState& state, std::span<Prepared> run, Attempt attempt);
  void AfterCommit(StreamState& state, std::span<const Prepared> applied);
  void HandleFailure(StreamState& state, const Prepared& failed, const Outcome& outcome);
  void Defer(StreamState& state, const Event& event, const Outcome& outcome);
  void Moved(StreamState& state, int64_t position);
  void PauseStream(StreamState& state, const Fault& why);
  void Tell(const StreamState& state, const Fault& why) const;
  void HandleGap(StreamState& state);

  void Poll();  // the slow one: positions moved by others, counts of what is put aside
  void RetryDue();
  void RetryKey(StreamState& state, const std::string& key);
  void PutBack(const DeferredEvent& deferred, const Outcome& outcome);
  void Hasten(const std::set<std::string>& subjects);

  const ConsumersConfig& config_;
  const Dispatch& dispatch_;
  postgres::Database& database_;
  ConsumerMetrics& metrics_;
  Waiter idle_;
  std::map<Stream, StreamState> streams_;
  std::unique_ptr<Subscription> subscription_;
  Time poll_at_{};
  Time retry_at_ = Time::max();   // of the first deferred event that waits
  Time transport_back_at_{};      // after a fault of the transport
};

}  // namespace continuo::events
