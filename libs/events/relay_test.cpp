#include "libs/events/relay.h"

#include <libpq-fe.h>
#include <poll.h>

#include <map>
#include <set>

#include "libs/events/admin.h"
#include "libs/events/append.h"
#include "libs/events/postgres_transport.h"
#include "libs/events/signals.h"
#include "libs/events/world_test.h"
#include "libs/postgres/failpoint.h"
#include "libs/testing/catch/catch.h"

namespace continuo::events {
namespace {

using example::v1::OrderAccepted;
using postgres::ArmedFailpoint;
using postgres::Transaction;

void CheckDense(const std::vector<Event>& log) {
  std::map<Stream, std::set<int64_t>> seqs;
  for (const Event& event : log) {
    INFO(event.topic << "/" << event.partition << " " << event.seq);
    CHECK(seqs[event.stream()].insert(event.seq).second);
  }
  for (const auto& [stream, of_stream] : seqs) {
    CHECK(*of_stream.begin() == 1);
    CHECK(*of_stream.rbegin() == static_cast<int64_t>(of_stream.size()));
  }
}

std::vector<NewOrder> Orders(int first, int count) {
  std::vector<NewOrder> orders;
  for (int i = first; i < first + count; ++i) {
    orders.push_back({IdFor("ord", i), IdFor("acc", i % 7), std::to_string(i)});
  }
  return orders;
}

TEST_CASE("an event says what, about whom, where in the order and what it followed from") {
  World world(Carrier::kPostgres);
  world.test.SetClock("example", "2031-01-31T09:00:00Z");
  rpc::Call call = CallOf("example", "req_1");
  call.causation = "evt_0";
  call.traceparent = "00-trace-span-01";
  REQUIRE(world.example.Write(call, [](Transaction& tx) -> Result<void> {
    OrderAccepted data;
    data.set_id(IdFor("ord", 5));
    data.set_account_id(IdFor("acc", 5));
    Append(tx, data, {.source_version = 3});
    Append(tx, data, {.key = "k", .topic = "example.audit"});
    return {};
  }));
  world.RelayAll();
  const std::vector<Event> log = world.Log();
  REQUIRE(log.size() == 2);
  CHECK(log[0].topic == "example");
  CHECK(log[0].type == "order.accepted");
  CHECK(log[0].subject == IdFor("ord", 5));
  CHECK(log[0].key == IdFor("acc", 5));
  CHECK(log[0].account_id == IdFor("acc", 5));
  CHECK(log[0].partition == PartitionOf(IdFor("acc", 5)));
  CHECK(log[0].source_version == 3);
  CHECK(log[0].correlation == "req_1");
  CHECK(log[0].causation == "evt_0");
  CHECK(log[0].traceparent == "00-trace-span-01");
  CHECK(calendar::FormatInstant(log[0].known_at) == "2031-01-31T09:00:00Z");
  CHECK(log[0].recorded_at < log[0].known_at);
  CHECK(log[1].topic == "example.audit");
  CHECK(log[1].key == "k");
}

TEST_CASE("what is no event of this service is refused with its transaction") {
  World world(Carrier::kPostgres);
  const auto append = [&](const google::protobuf::Message& data, const AppendOptions& options) {
    try {
      return world.example
          .Work(CallOf("example", "req_1"),
                [&](Transaction& tx) -> Result<void> {
                  Append(tx, data, options);
                  return {};
                })
          .has_value();
    } catch (const std::logic_error&) {
      return false;
    }
  };
  OrderAccepted order;
  order.set_id(IdFor("ord", 1));
  CHECK(append(order, {}));
  CHECK_FALSE(append(example::v1::NoEvent(), {}));
  CHECK_FALSE(append(order, {.topic = "billing"}));
  CHECK_FALSE(append(order, {.subject = IdFor("acc", 1)}));
  order.clear_id();
  CHECK_FALSE(append(order, {}));
  order.set_id(IdFor("ord", 1));
  order.set_note(std::string(16 * 1024, 'x'));
  CHECK_FALSE(append(order, {}));
  CHECK(world.Log().size() == 1);
}

TEST_CASE("many are appended at once in their order") {
  World world(Carrier::kPostgres);
  std::vector<OrderAccepted> orders(500);
  std::vector<NewEvent> events;
  for (int i = 0; i < 500; ++i) {
    orders[i].set_id(IdFor("ord", i));
    orders[i].set_note(std::to_string(i));
    events.push_back({&orders[i], {.key = "one", .source_version = i}});
  }
  REQUIRE(world.example.Work(CallOf("example", "req_1"), [&](Transaction& tx) -> Result<void> {
    AppendAll(tx, events);
    return {};
  }));
  world.RelayAll();
  const std::vector<Event> log = world.Log();
  REQUIRE(log.size() == 500);
  for (int i = 0; i < 500; ++i) {
    CHECK(log[i].source_version == i);
    CHECK(log[i].seq == i + 1);
  }
  CHECK(log.front().account_id.empty());
}

TEST_CASE("a relay that dies anywhere loses nothing, and its successor begins with what it stamped") {
  const auto [carrier, point] = GENERATE(table<Carrier, std::string>({
      {Carrier::kPostgres, "relay.before_commit"},
      {Carrier::kPostgres, "relay.after_commit"},
      {Carrier::kPostgres, "relay.after_produce"},
      {Carrier::kKafka, "relay.after_produce"},
  }));
  INFO(NameOf(carrier) << " " << point);
  World world(carrier);
  world.Append(Orders(0, 30));
  {
    const ArmedFailpoint crash(point, [] { throw std::runtime_error("crash"); });
    CHECK_THROWS(world.relay.Step());
  }
  world.test.Execute("UPDATE example.lease SET expires_at = now() - interval '1 second'");
  Relay successor({.service = "example", .holder = "second"}, world.example, *world.transport);
  world.Append(Orders(30, 10));
  world.RelayAll(successor);
  CheckDense(world.Log());
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  World::RecordOrders(consumers);
  world.StepUntil(consumers, [&] { return world.EffectCount() == 40; });
  CHECK(consumers.metrics().applied_total == 40);
}

TEST_CASE("a relay that sleeps past its lease does no harm when it wakes up") {
  const Carrier carrier = GENERATE(Carrier::kPostgres, Carrier::kKafka);
  World world(carrier);
  Relay successor({.service = "example", .holder = "second"}, world.example, *world.transport);
  world.Append(Orders(0, 20));
  bool slept = false;
  {
    // Asleep after its commit, with the stamped events in hand.
    const ArmedFailpoint sleep("relay.after_commit", [&] {
      if (std::exchange(slept, true)) return;  // the successor passes here too
      world.test.Execute("UPDATE example.lease SET expires_at = now() - interval '1 second'");
      world.Append(Orders(20, 20));
      world.RelayAll(successor);
      CHECK(successor.metrics().holds_lease);
      CHECK(successor.metrics().resent_total == 20);
    });
    REQUIRE(world.relay.Step());  // produces its twenty again, after the successor's forty
  }
  REQUIRE(slept);
  world.Append(Orders(40, 5));
  const Result<std::size_t> stale = world.relay.Step();
  CHECK((!stale || *stale == 0));  // it stamps nothing more
  CHECK(world.CountOf("SELECT count(*) FROM example.event_log WHERE seq IS NULL") == 5);
  world.RelayAll(successor);
  CheckDense(world.Log());
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  World::RecordOrders(consumers);
  world.StepUntil(consumers, [&] { return world.EffectCount() == 45; });
  CHECK(consumers.metrics().applied_total == 45);
}

TEST_CASE("a relay wakes up by itself, also for what another process has appended") {
  World world(Carrier::kPostgres);
  // Nothing but wake-ups can make this test end: the slow poll is an hour away.
  const auto never = std::chrono::hours(1);
  Relay holder({.service = "example", .holder = "first", .slow_poll = never}, world.example,
               *world.transport);
  Waiter bus({"bus/example"});
  holder.Start();
  const auto until = [] { return std::chrono::steady_clock::now() + std::chrono::seconds(20); };
  world.Append(Orders(0, 1));
  CHECK(bus.Wait(until()).contains("bus/example"));

  // What comes by NOTIFY from elsewhere is raised here; our own is not raised twice.
  Waiter waiter({"stamp/example"});
  const Listener listener(world.test.url() + " user=postgres");
  CHECK(waiter.Wait(until()).contains("stamp/example"));  // once it listens, everything is raised
  world.test.Execute("SELECT pg_notify('continuo_events', '" + NotifyPayload("stamp/example") + "')");
  world.test.Execute("SELECT pg_notify('continuo_events', 'elsewhere stamp/example')");
  CHECK(waiter.Wait(until()).contains("stamp/example"));
  holder.Stop();
}

// What another process hears on the channel: the signal's name, "" when nothing came until then.
std::string HeardElsewhere(PGconn* session, std::chrono::steady_clock::time_point until) {
  while (PQconsumeInput(session) == 1) {
    if (PGnotify* notification = PQnotifies(session)) {
      const std::string payload = notification->extra;
      PQfreemem(notification);
      return payload.substr(payload.find(' ') + 1);
    }
    const auto left = until - std::chrono::steady_clock::now();
    pollfd readable{.fd = PQsocket(session), .events = POLLIN, .revents = 0};
    const auto patience = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    if (patience <= 0 || ::poll(&readable, 1, static_cast<int>(patience)) <= 0) return "";
  }
  return "";
}

TEST_CASE("a relay on standby passes wake-ups on to the process that holds the lease") {
  World world(Carrier::kPostgres);
  const auto never = std::chrono::hours(1);
  Relay holder({.service = "example", .holder = "first", .slow_poll = never}, world.example,
               *world.transport);
  Relay standby({.service = "example", .holder = "second", .slow_poll = never}, world.example,
                *world.transport);
  REQUIRE(holder.Step());
  REQUIRE(holder.metrics().holds_lease);
  holder.Start();
  const std::unique_ptr<PGconn, decltype(&PQfinish)> session(
      PQconnectdb((world.test.url() + " user=postgres").c_str()), PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> listening(
      PQexec(session.get(), "LISTEN continuo_events"), PQclear);
  REQUIRE(PQresultStatus(listening.get()) == PGRES_COMMAND_OK);
  standby.Start();
  world.Append(Orders(0, 1));
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::string heard;  // the transport rings for its own readers on the same channel
  do {
    heard = HeardElsewhere(session.get(), until);
  } while (!heard.empty() && heard != "stamp/example");
  CHECK(heard == "stamp/example");
  standby.Stop();
  holder.Stop();
}

TEST_CASE("everything that followed from a request can be told to be done") {
  World world(Carrier::kPostgres);
  world.Append(Orders(0, 3), "req_a");
  const auto status = [](postgres::Database& database) {
    return *database.Read(CallOf("example", ""),
                          [](Transaction& tx) -> Result<Status> { return GetStatus(tx); });
  };
  CHECK(status(world.example).unstamped == 3);
  world.RelayAll();
  Consumers consumers(world.Config(), world.contracts, *world.transport);
  World::RecordOrders(consumers);
  world.StepUntil(consumers, [&] { return world.EffectCount() == 3; });
  const Status emitted = status(world.example), applied = status(world.contracts);
  CHECK(emitted.unstamped == 0);
  std::map<Stream, int64_t> positions;
  for (const PositionStatus& position : applied.consumed) {
    positions[position.stream] = position.seq;
  }
  CHECK(positions.size() == kPartitions);
  REQUIRE_FALSE(emitted.emitted.empty());
  for (const StreamStatus& head : emitted.emitted) {
    CHECK(head.stamped_seq == head.produced_seq);
    CHECK(positions[head.stream] == head.stamped_seq);
  }
  CHECK(applied.waiting == 0);
  CHECK(applied.parked == 0);
  const auto follow_ups = world.example.Read(
      CallOf("example", ""),
      [](Transaction& tx) -> Result<FollowUps> { return GetFollowUps(tx, "req_a"); });
  REQUIRE(follow_ups);
  CHECK(follow_ups->events.size() == 3);
  CHECK(follow_ups->count == 3);
  CHECK(follow_ups->unstamped == 0);
  CHECK(follow_ups->deferred.empty());
  const auto first = world.example.Read(
      CallOf("example", ""),
      [](Transaction& tx) -> Result<FollowUps> { return GetFollowUps(tx, "req_a", 1); });
  REQUIRE(first);
  CHECK(first->events.size() == 1);
  CHECK(first->count == 3);  // of all, with the heads of all
  std::map<Stream, int64_t> heads;
  for (const Event& event : follow_ups->events) {
    heads[event.stream()] = std::max(heads[event.stream()], event.seq);
  }
  REQUIRE(first->heads.size() == heads.size());
  for (const StreamStatus& head : first->heads) CHECK(heads[head.stream] == head.stamped_seq);
}

TEST_CASE("the log has a partition for each month, and a default one for the rest") {
  World world(Carrier::kPostgres);
  world.Append(Orders(0, 3));
  CHECK(world.CountOf("SELECT count(*) FROM example.event_log_default") == 0);
  CHECK(world.CountOf("SELECT count(*) FROM pg_inherits WHERE inhparent = 'example.event_log'::regclass") == 4);
  world.test.Execute("DROP TABLE example.event_log_" + world.test.Execute("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY_MM')"));
  world.Append(Orders(0, 2));
  CHECK(world.CountOf("SELECT count(*) FROM example.event_log_default") == 2);
  world.RelayAll();  // stamps there too, and leaves the month to the default partition
  CheckDense(world.Log());
}

TEST_CASE("the bus forgets what is old") {
  World world(Carrier::kPostgres);
  world.Append(Orders(0, 3));
  world.RelayAll();
  auto& transport = dynamic_cast<PostgresTransport&>(*world.transport);
  CHECK(transport.Forget(std::chrono::hours(1)).value() == 0);
  world.test.Execute("UPDATE event_bus.log SET sent_at = now() - interval '2 hours' WHERE seq = 1");
  CHECK(transport.Forget(std::chrono::hours(1)).value() > 0);
}

}  // namespace
}  // namespace continuo::events
