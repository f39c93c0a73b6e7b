// What consumers promise, on both transports.
#include "libs/events/consumers.h"

#include <latch>
#include <set>
#include <thread>

#include "libs/events/admin.h"
#include "libs/events/append.h"
#include "libs/events/world_test.h"
#include "libs/postgres/failpoint.h"
#include "libs/testing/catch/catch.h"

namespace continuo::events {
namespace {

using example::v1::ContractActivated;
using example::v1::OrderAccepted;
using postgres::ArmedFailpoint;
using postgres::Transaction;

Carrier EachCarrier() { return GENERATE(Carrier::kPostgres, Carrier::kKafka); }

std::vector<std::string> NotesOf(const std::vector<Effect>& effects, const std::string& key) {
  std::vector<std::string> notes;
  for (const Effect& effect : effects) {
    if (effect.key == key) notes.push_back(effect.note);
  }
  return notes;
}

template <class T>
T InContracts(World& world, const std::function<Result<T>(Transaction&)>& fn) {
  Result<T> result = world.contracts.Work(CallOf("contracts", ""), fn);
  REQUIRE(result);
  return *std::move(result);
}

std::vector<DeferredEvent> Deferred(World& world) {
  return InContracts<std::vector<DeferredEvent>>(
      world, [](Transaction& tx) -> Result<std::vector<DeferredEvent>> {
        return ListDeferred(tx, {});
      });
}

TEST_CASE("events take effect once, in order per key, under the request that caused them") {
  World world(EachCarrier());
  std::vector<NewOrder> orders;
  for (int i = 0; i < 300; ++i) {
    orders.push_back({IdFor("ord", i), IdFor("acc", i % 10), std::to_string(i)});
  }
  world.Append(orders, "req_of_the_call");
  world.RelayAll();
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  world.RecordOrders(consumers);
  world.StepUntil(consumers, [&] { return world.EffectCount() == 300; });
  for (int account = 0; account < 10; ++account) {
    std::vector<std::string> expected;
    for (int i = account; i < 300; i += 10) expected.push_back(std::to_string(i));
    CHECK(NotesOf(world.Effects(), IdFor("acc", account)) == expected);
  }
  CHECK(world.Effects().front().correlation == "req_of_the_call");
  CHECK(consumers.metrics().applied_total == 300);
}

TEST_CASE("sequences are dense while others append, late committers among them") {
  World world(EachCarrier());
  std::latch appended(1), released(1);
  std::thread late([&] {
    const auto committed = world.example.Work(
        CallOf("example", "req_late"), [&](Transaction& tx) -> Result<void> {
          OrderAccepted data;
          data.set_id(IdFor("ord", 1));
          data.set_account_id(IdFor("acc", 1));
          data.set_note("late");
          Append(tx, data);
          appended.count_down();
          released.wait();
          return {};
        });
    if (!committed) std::abort();
  });
  appended.wait();
  // Others append and commit meanwhile: theirs are stamped, and the older row comes after them.
  std::vector<std::thread> appenders;
  for (int thread = 0; thread < 3; ++thread) {
    appenders.emplace_back([&world, thread] {
      for (int i = 0; i < 40; ++i) {
        world.Append({{IdFor("ord", 1'000 * thread + i), IdFor("acc", 1), "prompt"}});
      }
    });
  }
  std::size_t stamped = 0;
  while (stamped < 120) {
    const Result<std::size_t> round = world.relay.Step();
    REQUIRE(round);
    stamped += *round;
  }
  for (std::thread& appender : appenders) appender.join();
  released.count_down();
  late.join();
  world.RelayAll();

  Consumers consumers(world.Config(), world.contracts, *world.transport);
  world.RecordOrders(consumers);
  world.StepUntil(consumers, [&] { return world.EffectCount() == 121; });
  const std::vector<Effect> effects = world.Effects();
  for (std::size_t i = 0; i < effects.size(); ++i) {
    CHECK(effects[i].seq == static_cast<int64_t>(i) + 1);
  }
  CHECK(effects.back().note == "late");
}

TEST_CASE("repeats are dropped and what is missing is asked for again") {
  World world(EachCarrier());
  std::vector<NewOrder> orders;
  for (int i = 1; i <= 6; ++i) orders.push_back({IdFor("ord", i), IdFor("acc", 1), std::to_string(i)});
  world.Append(orders);
  // Stamped, and lost on its way: the failpoint is the crash before producing.
  {
    const ArmedFailpoint crash("relay.after_commit", [] { throw std::runtime_error("crash"); });
    CHECK_THROWS(world.relay.Step());
  }
  std::vector<Event> log = world.Log();
  REQUIRE(log.back().seq == 6);
  world.test.Execute("UPDATE example.relay_position SET produced_seq = stamped_seq");
  REQUIRE(world.transport->Produce(std::vector<Event>{log[0], log[1], log[0], log[1]}));
  REQUIRE(world.transport->Produce(std::vector<Event>{log[4], log[5]}));

  Consumers consumers(world.Config(), world.contracts, *world.transport);
  world.RecordOrders(consumers);
  world.StepUntil(consumers, [&] { return world.EffectCount() == 2; });
  world.StepUntil(consumers, [&] {  // the relay's side of the asking
    REQUIRE(world.relay.Step());
    return world.EffectCount() == 6;
  });
  CHECK(NotesOf(world.Effects(), IdFor("acc", 1)) ==
        std::vector<std::string>{"1", "2", "3", "4", "5", "6"});
  CHECK(world.relay.metrics().resent_total >= 4);
}

TEST_CASE("an event that waits holds up its key alone, until what it awaits has come") {
  World world(EachCarrier());
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  World::RecordOrders(consumers);
  consumers.On<ContractActivated>(
      [](Transaction& tx, const Event& event, const ContractActivated& data) -> Outcome {
        static constexpr postgres::Statement kKnown{
            "contracts", "order_known", "SELECT FROM effect WHERE subject = $1"};
        World::Record(tx, event, "too early");  // undone when it has to wait
        if (tx.Run(kKnown, data.order_id()).empty()) return Wait{data.order_id()};
        return Done{};
      });
  const std::string contract = IdFor("ctr", 1), other = IdFor("ctr", 2);
  world.Append({{IdFor("ord", 2), IdFor("acc", 2), "other order"}});
  world.Activate(contract, IdFor("ord", 1));
  world.Activate(contract, IdFor("ord", 2));  // the same key: queues, though its order is known
  world.Activate(other, IdFor("ord", 2));
  world.RelayAll();
  world.StepUntil(consumers, [&] { return world.EffectCount() == 2 && Deferred(world).size() == 2; });
  std::vector<DeferredEvent> deferred = Deferred(world);
  CHECK(deferred[0].state == "waiting");
  CHECK(deferred[0].awaited == IdFor("ord", 1));
  CHECK(deferred[1].state == "queued");
  CHECK(NotesOf(world.Effects(), contract).empty());
  CHECK(NotesOf(world.Effects(), other).size() == 1);

  world.Append({{IdFor("ord", 1), IdFor("acc", 1), "the order"}});
  world.RelayAll();
  world.StepUntil(consumers, [&] { return world.EffectCount() == 5; });
  CHECK(Deferred(world).empty());
  const std::vector<Effect> effects = world.Effects();
  CHECK(effects[2].subject == IdFor("ord", 1));
  CHECK(effects[3].seq < effects[4].seq);
}

TEST_CASE("a waiting key that an operator parks stays put until it is retried") {
  World world(Carrier::kPostgres);
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  World::RecordOrders(consumers);
  bool known = false;
  consumers.On<ContractActivated>(
      [&](Transaction& tx, const Event& event, const ContractActivated& data) -> Outcome {
        if (!known) return Wait{data.order_id()};
        return World::Record(tx, event, "at last");
      });
  world.Activate(IdFor("ctr", 1), IdFor("ord", 1));
  world.RelayAll();
  world.StepUntil(consumers, [&] { return Deferred(world).size() == 1; });
  const std::string id = Deferred(world)[0].id;
  const auto act = [&](auto action) {
    REQUIRE(world.contracts.Write(CallOf("contracts", ""), action));
  };
  act([&](Transaction& tx) { return ParkDeferred(tx, id, "until the order is mended"); });
  // What it awaited comes; it is parked all the same.
  known = true;
  world.Append({{IdFor("ord", 1), IdFor("acc", 1), "the order"}});
  world.RelayAll();
  world.StepUntil(consumers, [&] { return world.EffectCount() == 1; });
  REQUIRE(Deferred(world).size() == 1);
  CHECK(Deferred(world)[0].state == "parked");
  CHECK(Deferred(world)[0].reason == "PARKED_BY_OPERATOR");
  CHECK(Deferred(world)[0].message == "until the order is mended");
  act([&](Transaction& tx) { return RetryDeferred(tx, id); });
  world.StepUntil(consumers, [&] { return world.EffectCount() == 2; });
  CHECK(Deferred(world).empty());
}

TEST_CASE("a poison event parks its key; it is retried or dropped, and other keys flow") {
  // Kafka carries one of them, which is enough: what follows has nothing to do with the transport.
  const auto [carrier, how] = GENERATE(table<Carrier, std::string>({
      {Carrier::kPostgres, "fault"},
      {Carrier::kPostgres, "exception"},
      {Carrier::kPostgres, "constraint"},
      {Carrier::kPostgres, "unreadable"},
      {Carrier::kKafka, "fault"},
  }));
  INFO(NameOf(carrier) << " " << how);
  World world(carrier);
  bool broken = true;
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  consumers.On<OrderAccepted>(
      [&](Transaction& tx, const Event& event, const OrderAccepted& data) -> Outcome {
        if (data.note() == "poison" && broken) {
          if (how == "fault") return FailedPrecondition("ORDER_IS_STRANGE", "It cannot be.");
          if (how == "exception") throw std::out_of_range("a bug");
          if (how == "constraint") return World::Record(tx, event, "refused by the table");
        }
        return World::Record(tx, event, data.note());
      });
  const std::string bad = IdFor("acc", 1), good = IdFor("acc", 2);
  world.Append({{IdFor("ord", 1), bad, "before"}, {IdFor("ord", 2), bad, "poison"},
                {IdFor("ord", 3), bad, "after"}, {IdFor("ord", 4), good, "other"}});
  if (how == "unreadable") {
    world.test.Execute("UPDATE example.event_log SET data = '{\"note\": 7}' WHERE data LIKE '%poison%'");
  }
  world.RelayAll();
  world.StepUntil(consumers, [&] { return world.EffectCount() == 2 && Deferred(world).size() == 2; });
  std::vector<DeferredEvent> deferred = Deferred(world);
  CHECK(deferred[0].state == "parked");
  CHECK(deferred[0].reason == (how == "fault"        ? "ORDER_IS_STRANGE"
                               : how == "exception"  ? "INTERNAL"
                               : how == "constraint" ? "CONSTRAINT_VIOLATED"
                                                     : "EVENT_DATA_UNREADABLE"));
  CHECK(deferred[1].state == "queued");
  CHECK(NotesOf(world.Effects(), bad) == std::vector<std::string>{"before"});
  CHECK(NotesOf(world.Effects(), good) == std::vector<std::string>{"other"});

  const auto act = [&](auto action, const DeferredEvent& on) {
    return world.contracts.Write(CallOf("contracts", ""), [&](Transaction& tx) -> Result<void> {
      return action(tx, on.id);
    });
  };
  const Result<void> queued = act(RetryDeferred, deferred[1]);
  REQUIRE_FALSE(queued);
  CHECK(queued.error().reason == "DEFERRED_EVENT_IS_QUEUED");
  // In vain: it is parked again, and still first.
  REQUIRE(act(RetryDeferred, deferred[0]));
  world.StepUntil(consumers, [&] {
    deferred = Deferred(world);
    return deferred[0].state == "parked" && deferred[0].attempts == 2;
  });
  broken = false;
  const bool drop = how == "unreadable";
  const Result<void> acted = drop ? act(DropDeferred, deferred[0]) : act(RetryDeferred, deferred[0]);
  REQUIRE(acted);
  world.StepUntil(consumers, [&] { return Deferred(world).empty(); });
  CHECK(NotesOf(world.Effects(), bad) ==
        (drop ? std::vector<std::string>{"before", "after"}
              : std::vector<std::string>{"before", "poison", "after"}));
}

TEST_CASE("what is unavailable is tried until it is there, and nothing overtakes it") {
  World world(EachCarrier());
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  int tries = 0;
  consumers.On<OrderAccepted, std::string>(
      [&](const Event&, const OrderAccepted& data) -> Result<std::string> {
        if (data.note() == "document" && ++tries < 4) return Unavailable("UNAVAILABLE", "Not now.");
        return "document of " + data.note();
      },
      [](Transaction& tx, const Event& event, const OrderAccepted&, const std::string& document) {
        return World::Record(tx, event, document);
      });
  const std::string account = IdFor("acc", 1);
  world.Append({{IdFor("ord", 1), account, "first"}, {IdFor("ord", 2), account, "document"},
                {IdFor("ord", 3), account, "last"}});
  world.RelayAll();
  world.StepUntil(consumers, [&] { return world.EffectCount() == 3; });
  CHECK(tries >= 4);
  CHECK(Deferred(world).empty());
  CHECK(NotesOf(world.Effects(), account) ==
        std::vector<std::string>{"document of first", "document of document", "document of last"});
}

TEST_CASE("a consumer that dies anywhere loses nothing and doubles nothing") {
  const auto [carrier, point] = GENERATE(table<Carrier, std::string>({
      {Carrier::kPostgres, "consumer.after_effect"},
      {Carrier::kPostgres, "consumer.before_commit"},
      {Carrier::kPostgres, "consumer.after_commit"},
      {Carrier::kKafka, "consumer.before_commit"},
      {Carrier::kKafka, "consumer.after_commit"},
  }));
  INFO(NameOf(carrier) << " " << point);
  World world(carrier);
  world.Append({{IdFor("ord", 1), IdFor("acc", 1), "1"}, {IdFor("ord", 2), IdFor("acc", 1), "2"}});
  world.RelayAll();
  {
    Consumers dies(world.Config(), world.contracts, *world.transport);
    World::RecordOrders(dies);
    bool dead = false;
    const ArmedFailpoint crash(point, [&] {
      dead = true;
      throw std::runtime_error("crash");
    });
    const auto step = [&] {
      try {
        dies.Step(Soon());
      } catch (const std::runtime_error&) {
      }
      return dead;
    };
    for (int round = 0; round < 300 && !step(); ++round) {
    }
    REQUIRE(dead);
  }
  Consumers next(world.Config(), world.contracts, *world.transport);
  World::RecordOrders(next);
  world.StepUntil(next, [&] {
    return world.CountOf("SELECT coalesce(sum(seq), 0) FROM contracts.consumer_position") == 2;
  });
  CHECK(NotesOf(world.Effects(), IdFor("acc", 1)) == std::vector<std::string>{"1", "2"});
}

TEST_CASE("of two replicas that apply the same events one wins, and the other goes on from there") {
  World world(EachCarrier());
  world.Append({{IdFor("ord", 1), IdFor("acc", 1), "1"}, {IdFor("ord", 2), IdFor("acc", 1), "2"}});
  world.RelayAll();
  Consumers zombie(world.Config(), world.contracts, *world.transport);
  bool overtaken = false;
  zombie.On<OrderAccepted, int>(
      [&](const Event& event, const OrderAccepted&) -> Result<int> {
        // While it has the events in hand, and no lock, another applies the first of them.
        if (!std::exchange(overtaken, true)) {
          world.test.Execute("UPDATE contracts.consumer_position SET seq = 1 WHERE partition = " +
                             std::to_string(event.partition));
        }
        return 0;
      },
      [](Transaction& tx, const Event& event, const OrderAccepted& data, const int&) {
        return World::Record(tx, event, data.note());
      });
  world.StepUntil(zombie, [&] { return world.EffectCount() == 1; });
  CHECK(world.Effects().front().note == "2");
  CHECK(zombie.metrics().lost_races_total == 1);
}

TEST_CASE("two replicas at once apply everything exactly once") {
  World world(EachCarrier());
  const auto make = [&] {
    auto consumers =
        std::make_unique<Consumers>(world.Config(), world.contracts, *world.transport);
    static constexpr postgres::Statement kPlain{
        "contracts", "insert_plain",
        "INSERT INTO effect (event_id, key, subject, note, correlation, partition, seq) "
        "VALUES ($1, $2, $3, $4, '', $5, $6)"};
    consumers->On<OrderAccepted>(
        [](Transaction& tx, const Event& event, const OrderAccepted& data) -> Outcome {
          tx.Run(kPlain, postgres::IdOrNull("evt", event.event_id), event.key, event.subject,
                 data.note(), event.partition, event.seq);
          return Done{};
        });
    consumers->Start();
    return consumers;
  };
  const auto first = make(), second = make();
  world.relay.Start();
  for (int i = 0; i < 100; ++i) {
    world.Append({{IdFor("ord", i), IdFor("acc", i % 20), std::to_string(i)},
                  {IdFor("ord", 1'000 + i), IdFor("acc", i % 20), std::to_string(i) + "b"}});
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (world.EffectCount() < 200 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  first->Stop();
  second->Stop();
  world.relay.Stop();
  CHECK(world.EffectCount() == 200);  // the primary key would have parked a second one
  CHECK(Deferred(world).empty());
  CHECK(first->metrics().applied_total + second->metrics().applied_total == 200);
}

TEST_CASE("a replay from the beginning changes nothing") {
  World world(EachCarrier());
  std::vector<NewOrder> orders;
  for (int i = 0; i < 40; ++i) orders.push_back({IdFor("ord", i), IdFor("acc", i % 4), "n"});
  world.Append(orders);
  world.RelayAll();
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  World::RecordOrders(consumers);
  const std::string positions =
      "SELECT string_agg(partition || ':' || seq, ' ' ORDER BY partition) "
      "FROM contracts.consumer_position";
  world.StepUntil(consumers, [&] { return consumers.metrics().applied_total == 40; });
  const std::string before = world.test.Execute(positions);
  for (int partition = 0; partition < kPartitions; ++partition) {
    InContracts<int>(world, [&](Transaction& tx) -> Result<int> {
      RETURN_IF_FAULT(Replay(tx, {"example", partition}, 1));
      return 0;
    });
  }
  CHECK(world.CountOf("SELECT sum(seq) FROM contracts.consumer_position") == 0);
  world.StepUntil(consumers, [&] { return consumers.metrics().applied_total == 80; });
  CHECK(world.EffectCount() == 40);
  CHECK(world.test.Execute(positions) == before);
}

TEST_CASE("a replay reaches back to what the transport has forgotten") {
  World world(Carrier::kPostgres);
  world.Append({{IdFor("ord", 1), IdFor("acc", 1), "1"}, {IdFor("ord", 2), IdFor("acc", 1), "2"}});
  world.RelayAll();
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  World::RecordOrders(consumers);
  world.StepUntil(consumers, [&] { return consumers.metrics().applied_total == 2; });
  world.test.Execute("DELETE FROM event_bus.log");
  world.test.Execute("DELETE FROM contracts.effect");
  const int partition = PartitionOf(IdFor("acc", 1));
  InContracts<int>(world, [&](Transaction& tx) -> Result<int> {
    RETURN_IF_FAULT(Replay(tx, {"example", partition}, 2));
    return 0;
  });
  world.StepUntil(consumers, [&] {
    REQUIRE(world.relay.Step());
    return world.EffectCount() == 1;
  });
  CHECK(world.Effects().front().note == "2");
}

}  // namespace
}  // namespace continuo::events
