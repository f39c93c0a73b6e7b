// Takes a service's new events from its log to the transport. One works at a time, under a lease.
//
//   Relay relay({.service = "billing", .holder = "billing-7f9c/1234"}, database, transport);
//   relay.Start();
//
// Each round, under the lease's epoch: the unsent rows, in id order, get the next dense sequence of
// their (topic, partition); that is committed; only then are they produced; then it is noted how
// far. A relay that is stopped in between and wakes up can only send again what is stamped already.
// A successor begins with what is stamped and not noted as produced.
//
// Every process of the service runs one. Those without the lease pass their wake-ups on by NOTIFY
// and try for the lease every few seconds; idle, a relay costs a query every two seconds.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "libs/events/transport.h"

namespace continuo::postgres {
class Database;
}

namespace continuo::events {

struct RelayConfig {
  std::string service;
  std::string holder;  // who: host and process
  int batch_events_max = 1'000;
  std::chrono::milliseconds slow_poll{2'000};
  std::chrono::milliseconds lease_term{15'000};
  // Told why a round failed, for the log. From the relay's thread.
  std::function<void(const std::string&)> on_error;
};

// Read at any time by the metrics page.
struct RelayMetrics {
  std::atomic<bool> holds_lease{false};
  std::atomic<int64_t> produced_total{0};
  std::atomic<int64_t> resent_total{0};
  std::atomic<int64_t> failures_total{0};
  // Age of the oldest event of the last batch when it was produced; 0 when there is none.
  std::atomic<int64_t> lag_microseconds{0};
};

class Relay {
 public:
  Relay(RelayConfig config, postgres::Database& database, Transport& transport);
  ~Relay();  // stops
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  void Start();
  void Stop();
  // One round without the thread: how many new events were produced. 0 when another holds the
  // lease. For tests and the catch-up at the end of a bulk import.
  Result<std::size_t> Step();
  // Sends again from the log, on the next round of whichever relay holds the lease here.
  void Resend(const Stream& stream, int64_t from_seq);

  const RelayMetrics& metrics() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::events
