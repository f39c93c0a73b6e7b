// The embedded transport: a log table that consumers read, woken by NOTIFY. Nothing to install.
//
//   postgres::Database bus({.service = "event_bus", .url = url});
//   PostgresTransport transport(bus);
//
// The log has a schema, roles and connections of its own (service `event_bus`), since the services
// may live in different databases. Replicas of a consumer read the same streams; the row lock of a
// position lets one at a time apply a stream and the others take another one.
#pragma once

#include <chrono>
#include <memory>

#include "libs/events/transport.h"

namespace continuo::postgres {
class Database;
}

namespace continuo::events {

struct PostgresTransportConfig {
  std::chrono::milliseconds slow_poll{2'000};
  int poll_events_max = 2'000;  // for one poll, over all streams
};

class PostgresTransport : public Transport {
 public:
  explicit PostgresTransport(postgres::Database& bus, PostgresTransportConfig config = {});
  ~PostgresTransport() override;

  Result<void> Produce(std::span<const Event> events) override;
  std::unique_ptr<Subscription> Subscribe(SubscribeOptions options) override;
  Result<std::vector<ResendRequest>> TakeResendRequests(const std::string& service) override;

  // Deletes what was sent longer ago, at most `limit` events; how many. A consumer that needs them
  // after all gets them from the owner's log. For a daily job.
  Result<std::size_t> Forget(std::chrono::hours age, int limit = 10'000);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::events
