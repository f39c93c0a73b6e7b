// Measures the event relay against its bare limits (row 9), on a database and a topic of its own.
//
//   continuo_bench_event_relay drain   postgres|kafka EVENTS          events per second
//   continuo_bench_event_relay latency postgres|kafka RATE SECONDS    commit to committed effect
//
// The server is CONTINUO_TEST_POSTGRES, the broker CONTINUO_TEST_KAFKA, or throw-away ones. Prints
// one JSON object; exit code 1 and a sentence when not all events arrived, once and in order.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "continuo/billing/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/events/consumers.h"
#include "libs/events/kafka_transport.h"
#include "libs/events/migrations.h"
#include "libs/events/postgres_transport.h"
#include "libs/events/relay.h"
#include "libs/ids/type_id.h"
#include "libs/ids/uuid.h"
#include "libs/testing/database.h"
#include "libs/testing/kafka.h"
#include "tests/bench/programs/event_relay_bare.h"

namespace continuo::bench {
namespace {

using Clock = std::chrono::steady_clock;
using billing::v1::PaymentReceived;

constexpr int kBatchEvents = 1'000;
constexpr int kRounds = 3;
constexpr int kAccounts = 500;
constexpr int kEventBytes = 330;  // what a payment.received has as JSON

template <class T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
  return *std::move(result);
}
void Must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
}

rpc::Call Call(const std::string& service) {
  auto call = rpc::Call::AsService(service, ids::FormatTypeId("req", ids::NewUuid()));
  call.deadline = Clock::now() + std::chrono::minutes(5);
  return call;
}

std::vector<std::string> NewIds(const std::string& prefix, int count) {
  std::vector<std::string> made;
  for (int i = 0; i < count; ++i) made.push_back(ids::FormatTypeId(prefix, ids::NewUuid()));
  return made;
}

// A company of two services: billing tells, contracts listens.
class Company {
 public:
  explicit Company(bool kafka)
      : kafka_(kafka),
        prefix_(kafka ? testing::UniqueTopicPrefix() : ""),
        accounts_(NewIds("acc", kAccounts)) {
    test_.Migrate("billing", {events::Migrations()});
    test_.Migrate("contracts", {events::Migrations()});
    test_.Migrate("event_bus", {events::BusMigrations()});
    billing_ = std::make_unique<postgres::Database>(test_.Config("billing"));
    contracts_ = std::make_unique<postgres::Database>(test_.Config("contracts"));
    auto bus = test_.Config("event_bus");
    bus.worker_connections = 8;
    bus_ = std::make_unique<postgres::Database>(bus);
    if (kafka) {
      transport_ = std::make_unique<events::KafkaTransport>(events::KafkaTransportConfig{
          .brokers = testing::KafkaForTests(), .topic_prefix = prefix_});
    } else {
      transport_ = std::make_unique<events::PostgresTransport>(*bus_);
    }
  }

  // In one transaction. `first`: the number of the first, as its source_version.
  void Append(int64_t first, int count) {
    Must(billing_->Work(Call("billing"), [&](postgres::Transaction& tx) -> Result<void> {
      std::vector<PaymentReceived> data(static_cast<size_t>(count));
      std::vector<events::NewEvent> list;
      for (int i = 0; i < count; ++i) {
        PaymentReceived& event = data[static_cast<size_t>(i)];
        event.set_id(ids::FormatTypeId("pay", ids::NewUuid()));
        event.set_revision(1);
        event.set_account_id(accounts_[static_cast<size_t>(first + i) % kAccounts]);
        event.set_received_on("2026-02-01");
        event.mutable_amount()->set_amount("1190.00");
        event.mutable_amount()->set_currency("EUR");
        auto* allocated = event.add_allocations();
        allocated->set_invoice_id(ids::FormatTypeId("inv", ids::NewUuid()));
        *allocated->mutable_amount() = event.amount();
        list.push_back({.data = &event, .options = {.source_version = first + i}});
      }
      events::AppendAll(tx, list);
      return {};
    }));
  }

  void Empty() {
    test_.Execute(
        "TRUNCATE billing.event_log, billing.relay_position, billing.lease, event_bus.log");
  }
  // What was written before costs nothing while something is measured.
  void Settle() {
    test_.Execute("ANALYZE billing.event_log");
    test_.Execute("CHECKPOINT");
  }

  // The gate: every stream dense, all of it produced, on the bus each once.
  void CheckRelayed(int events) const {
    const std::string right = test_.Execute(
        "SELECT (SELECT count(*) FILTER (WHERE seq IS NOT NULL) FROM billing.event_log) = " +
        std::to_string(events) +
        " AND NOT EXISTS (SELECT FROM billing.event_log GROUP BY topic, partition HAVING "
        "max(seq) <> count(*) OR count(DISTINCT seq) <> count(*)) "
        "AND NOT EXISTS (SELECT FROM billing.relay_position WHERE stamped_seq <> produced_seq)" +
        (kafka_ ? "" : " AND (SELECT count(*) FROM event_bus.log) = " + std::to_string(events)));
    if (right != "t") throw std::runtime_error("not every event was relayed once and in order");
  }

  const std::string& url() const { return test_.admin_url(); }
  const std::string& prefix() const { return prefix_; }
  postgres::Database& billing() { return *billing_; }
  postgres::Database& contracts() { return *contracts_; }
  events::Transport& transport() { return *transport_; }

 private:
  const bool kafka_;
  const std::string prefix_;
  const std::vector<std::string> accounts_;
  testing::TestDatabase test_;
  std::unique_ptr<postgres::Database> billing_, contracts_, bus_;
  std::unique_ptr<events::Transport> transport_;
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double Relay(Company& company, int events) {
  events::Relay relay({.service = "billing", .holder = "bench"}, company.billing(),
                      company.transport());
  const auto began = Clock::now();
  while (Must(relay.Step()) > 0) {
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  company.CheckRelayed(events);
  return seconds;
}

void Fill(Company& company, int events) {
  company.Empty();
  for (int first = 0; first < events; first += kBatchEvents) {
    company.Append(first, std::min(kBatchEvents, events - first));
  }
  company.Settle();
}

void Drain(bool kafka, int events) {
  Company company(kafka);
  std::vector<double> stamp, produce, ours;
  // Topics, partitions and connections are made outside the measurement.
  Fill(company, kBatchEvents);
  Relay(company, kBatchEvents);
  for (int round = 0; round < kRounds; ++round) {
    Fill(company, events);
    stamp.push_back(events / StampAndRead(company.url(), kBatchEvents));
    const double seconds =
        kafka ? ProduceToKafka(testing::KafkaForTests(), company.prefix() + "billing", events,
                               kEventBytes)
              : CopyToBus(company.url(), kBatchEvents);
    produce.push_back(events / seconds);
    Fill(company, events);
    ours.push_back(events / Relay(company, events));
  }
  std::printf("{\"stamp\": %.0f, \"produce\": %.0f, \"ours\": %.0f}\n", Median(stamp),
              Median(produce), Median(ours));
}

// When each event was committed, and when its effect was. By source_version.
struct Times {
  explicit Times(size_t events) : committed(events), applied(events), effects(events) {}
  std::vector<Clock::time_point> committed;
  std::vector<std::atomic<Clock::rep>> applied;
  std::vector<std::atomic<int>> effects;
  std::atomic<size_t> arrived{0};
};

void Listen(events::Consumers& consumers, Times& times) {
  consumers.On<PaymentReceived>([&times](postgres::Transaction& tx, const events::Event& event,
                                         const PaymentReceived&) -> events::Outcome {
    const auto number = static_cast<size_t>(event.source_version);
    tx.OnCommit([&times, number] {
      times.applied[number] = Clock::now().time_since_epoch().count();
      if (times.effects[number].fetch_add(1) == 0) ++times.arrived;
    });
    return events::Done{};
  });
}

void AwaitArrival(const Times& times, size_t events) {
  const auto deadline = Clock::now() + std::chrono::seconds(60);
  while (times.arrived < events) {
    if (Clock::now() > deadline) throw std::runtime_error("not every event arrived in a minute");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

// Commits at `rate`, up to 100 in a transaction when it lags behind; answers the rate reached.
double AppendAtRate(Company& company, int rate, int64_t first, int64_t count, Times& times) {
  const auto began = Clock::now();
  for (int64_t sent = 0; sent < count;) {
    const std::chrono::duration<double> since = Clock::now() - began;
    const int64_t due = std::min(count, static_cast<int64_t>(since.count() * rate));
    if (due == sent) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      continue;
    }
    const int batch = static_cast<int>(std::min<int64_t>(due - sent, 100));
    company.Append(first + sent, batch);
    const auto now = Clock::now();
    for (int i = 0; i < batch; ++i) times.committed[static_cast<size_t>(first + sent + i)] = now;
    sent += batch;
  }
  return static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - began).count();
}

void Latency(bool kafka, int rate, int seconds) {
  Company company(kafka);
  const int64_t count = int64_t{rate} * seconds;
  Times times(static_cast<size_t>(kBatchEvents + count));
  events::Relay relay({.service = "billing", .holder = "bench"}, company.billing(),
                      company.transport());
  events::Consumers consumers({.service = "contracts"}, company.contracts(), company.transport());
  Listen(consumers, times);
  relay.Start();
  consumers.Start();
  // Topics, assignments and plans are made by events that are not measured.
  company.Append(0, kBatchEvents);
  AwaitArrival(times, kBatchEvents);
  const double reached = AppendAtRate(company, rate, kBatchEvents, count, times);
  AwaitArrival(times, times.committed.size());
  consumers.Stop();
  relay.Stop();
  std::vector<double> waits;
  for (size_t i = kBatchEvents; i < times.committed.size(); ++i) {
    if (times.effects[i] != 1) throw std::runtime_error("an event took effect more than once");
    const Clock::time_point applied{Clock::duration(times.applied[i].load())};
    const std::chrono::duration<double, std::milli> wait = applied - times.committed[i];
    waits.push_back(wait.count());
  }
  std::sort(waits.begin(), waits.end());
  std::printf("{\"rate\": %.0f, \"p50\": %.2f, \"p99\": %.2f}\n", reached,
              waits[waits.size() / 2], waits[waits.size() * 99 / 100]);
}

}  // namespace
}  // namespace continuo::bench

int main(int argc, char** argv) {
  const bool drains = argc == 4 && std::strcmp(argv[1], "drain") == 0;
  const bool waits = argc == 5 && std::strcmp(argv[1], "latency") == 0;
  if (!drains && !waits) {
    std::fprintf(stderr, "usage: %s drain postgres|kafka EVENTS\n       %s latency postgres|kafka "
                         "RATE SECONDS\n", argv[0], argv[0]);
    return 2;
  }
  const bool kafka = std::strcmp(argv[2], "kafka") == 0;
  try {
    if (drains) {
      continuo::bench::Drain(kafka, std::atoi(argv[3]));
    } else {
      continuo::bench::Latency(kafka, std::atoi(argv[3]), std::atoi(argv[4]));
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
