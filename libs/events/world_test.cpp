#include "libs/events/world_test.h"

#include <stdexcept>

#include "libs/events/append.h"
#include "libs/events/event_row.h"
#include "libs/events/kafka_transport.h"
#include "libs/events/migrations.h"
#include "libs/events/postgres_transport.h"
#include "libs/ids/type_id.h"
#include "libs/testing/kafka.h"

namespace continuo::events {
namespace {

using std::chrono::steady_clock;

constexpr postgres::Migration kEffects[] = {{"0001_effect", R"sql(
CREATE TABLE effect (
  place       bigint GENERATED ALWAYS AS IDENTITY,
  event_id    uuid PRIMARY KEY,
  key         text NOT NULL,
  subject     text NOT NULL,
  note        text NOT NULL CHECK (note <> 'refused by the table'),
  correlation text NOT NULL,
  partition   integer NOT NULL,
  seq         bigint NOT NULL
)
)sql"}};
constexpr postgres::Statement kInsertEffect{"contracts", "insert_effect", R"sql(
INSERT INTO effect (event_id, key, subject, note, correlation, partition, seq)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (event_id) DO NOTHING)sql"};
constexpr postgres::Statement kSelectEffects{"contracts", "select_effects", R"sql(
SELECT key, subject, note, correlation, partition, seq FROM effect ORDER BY place)sql"};
constexpr postgres::Statement kSelectLog{"example", "select_log", R"sql(
SELECT event_id, topic, partition, seq, key, type, subject, source_version, data, correlation,
       causation, traceparent, account_id, known_at, recorded_at
FROM event_log ORDER BY id)sql"};

std::unique_ptr<Transport> NewTransport(Carrier carrier, postgres::Database& bus) {
  if (carrier == Carrier::kPostgres) return std::make_unique<PostgresTransport>(bus);
  return std::make_unique<KafkaTransport>(KafkaTransportConfig{
      .brokers = testing::KafkaForTests(),
      .topic_prefix = testing::UniqueTopicPrefix(),
      // New topics are seen at once: every test makes its own.
      .settings = {{"topic.metadata.refresh.fast.interval.ms", "20"}}});
}

// One database for all tests of the program, emptied for each: migrating it takes longer than most.
const testing::TestDatabase& CleanDatabase() {
  static const auto* const database = [] {
    static const testing::TestDatabase made;
    made.Migrate("example", {Migrations()});
    made.Migrate("contracts", {Migrations(), kEffects});
    made.Migrate("event_bus", {BusMigrations()});
    return &made;
  }();
  database->Execute(
      "TRUNCATE example.event_log, example.relay_position, example.lease, "
      "contracts.consumer_position, contracts.deferred_event, contracts.effect, event_bus.log, "
      "event_bus.resend_request");
  database->Execute("SELECT example.event_log_prepare(2)");
  database->SetClock("example", "");
  return *database;
}

template <class T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
  return *std::move(result);
}
void Must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
}

}  // namespace

std::string NameOf(Carrier carrier) { return carrier == Carrier::kPostgres ? "postgres" : "kafka"; }

World::World(Carrier carrier)
    : test(CleanDatabase()),
      example(test.Config("example")),
      contracts(test.Config("contracts")),
      bus(test.Config("event_bus")),
      transport(NewTransport(carrier, bus)),
      relay({.service = "example", .holder = "first"}, example, *transport) {}

void World::Append(const std::vector<NewOrder>& orders, const std::string& request_id) {
  Must(example.Work(CallOf("example", request_id), [&](postgres::Transaction& tx) -> Result<void> {
    for (const NewOrder& order : orders) {
      example::v1::OrderAccepted data;
      data.set_id(order.id);
      data.set_account_id(order.account_id);
      data.set_version(order.version);
      data.set_note(order.note);
      events::Append(tx, data, {.source_version = order.version});
    }
    return {};
  }));
}

void World::Activate(const std::string& contract_id, const std::string& order_id) {
  Must(example.Work(CallOf("example", "req_test"), [&](postgres::Transaction& tx) -> Result<void> {
    example::v1::ContractActivated data;
    data.set_id(contract_id);
    data.set_order_id(order_id);
    events::Append(tx, data);
    return {};
  }));
}

void World::RelayAll(Relay& which) {
  while (Must(which.Step()) > 0) {
  }
}

ConsumersConfig World::Config() const {
  return {.service = "contracts",
          .slow_poll = std::chrono::milliseconds(200),
          .gap_patience = std::chrono::milliseconds(20),
          .retry_after = std::chrono::milliseconds(5),
          .retry_after_max = std::chrono::milliseconds(50)};
}

void World::StepUntil(Consumers& consumers, const std::function<bool()>& enough) {
  const auto deadline = steady_clock::now() + std::chrono::seconds(30);
  while (!enough()) {
    if (steady_clock::now() > deadline) throw std::runtime_error("it never came");
    consumers.Step(Soon());
  }
}

Outcome World::Record(postgres::Transaction& tx, const Event& event, const std::string& note) {
  tx.Run(kInsertEffect, postgres::IdOrNull("evt", event.event_id), event.key, event.subject, note,
         tx.call().request_id, event.partition, event.seq);
  return Done{};
}

void World::RecordOrders(Consumers& consumers) {
  consumers.On<example::v1::OrderAccepted>(
      [](postgres::Transaction& tx, const Event& event, const example::v1::OrderAccepted& data) {
        return Record(tx, event, data.note());
      });
}

std::vector<Effect> World::Effects() {
  return Must(contracts.Work(
      CallOf("contracts", ""), [&](postgres::Transaction& tx) -> Result<std::vector<Effect>> {
        std::vector<Effect> effects;
        for (const postgres::Row row : tx.Run(kSelectEffects)) {
          effects.push_back({.key = std::string(row.Text("key")),
                             .subject = std::string(row.Text("subject")),
                             .note = std::string(row.Text("note")),
                             .correlation = std::string(row.Text("correlation")),
                             .partition = static_cast<int>(row.Int("partition")),
                             .seq = row.Int("seq")});
        }
        return effects;
      }));
}

std::vector<Event> World::Log() {
  return Must(example.Work(CallOf("example", ""),
                           [&](postgres::Transaction& tx) -> Result<std::vector<Event>> {
                             return EventsFrom(tx.Run(kSelectLog));
                           }));
}

rpc::Call CallOf(const std::string& service, const std::string& request_id) {
  return rpc::Call::AsService(service, request_id);
}

std::string IdFor(const std::string& prefix, int number) {
  ids::Uuid::Bytes bytes{};
  bytes[6] = 0x70;
  bytes[8] = 0x80;
  bytes[14] = static_cast<uint8_t>(number >> 8);
  bytes[15] = static_cast<uint8_t>(number);
  return ids::FormatTypeId(prefix, ids::Uuid(bytes));
}

steady_clock::time_point Soon() { return steady_clock::now() + std::chrono::milliseconds(100); }

}  // namespace continuo::events
