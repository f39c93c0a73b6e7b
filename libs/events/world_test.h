// The stage for the tests of libs/events: a service "example" that appends, a service "contracts"
// that consumes, one database, and either transport between them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/events/consumers.h"
#include "libs/events/relay.h"
#include "libs/events/testdata/example_events.pb.h"
#include "libs/postgres/database.h"
#include "libs/testing/database.h"

namespace continuo::events {

enum class Carrier { kPostgres, kKafka };
std::string NameOf(Carrier carrier);

struct NewOrder {
  std::string id;
  std::string account_id;
  std::string note = "";
  int64_t version = 1;
};
struct Effect {
  std::string key, subject, note, correlation;
  int partition = 0;
  int64_t seq = 0;
};

class World {
 public:
  explicit World(Carrier carrier);

  // One transaction of "example" with these facts, under a request of this id.
  void Append(const std::vector<NewOrder>& orders, const std::string& request_id = "req_test");
  void Activate(const std::string& contract_id, const std::string& order_id);
  // Rounds of `relay` until nothing is left.
  void RelayAll(Relay& relay);
  void RelayAll() { RelayAll(relay); }

  ConsumersConfig Config() const;
  // Rounds of `consumers` until `enough`, given up after half a minute.
  static void StepUntil(Consumers& consumers, const std::function<bool()>& enough);
  // Writes down what was applied, in the transaction; safe to be run again.
  static Outcome Record(postgres::Transaction& tx, const Event& event, const std::string& note);
  static void RecordOrders(Consumers& consumers);

  std::vector<Effect> Effects();
  std::size_t EffectCount() { return Effects().size(); }
  int64_t CountOf(const std::string& sql) { return std::stoll(test.Execute(sql)); }
  std::vector<Event> Log();  // the owner's, in the order of appending

  const testing::TestDatabase& test;
  postgres::Database example, contracts, bus;
  std::unique_ptr<Transport> transport;
  Relay relay;
};

rpc::Call CallOf(const std::string& service, const std::string& request_id);
// Ids that differ in the last letters: Id("acc", 7).
std::string IdFor(const std::string& prefix, int number);
std::chrono::steady_clock::time_point Soon();

}  // namespace continuo::events
