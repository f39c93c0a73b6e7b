#include "libs/events/archive.h"

#include "libs/events/world_test.h"
#include "libs/postgres/errors.h"
#include "libs/testing/catch/catch.h"

namespace continuo::events {
namespace {

using postgres::Transaction;

std::string Relative(int months, const std::string& format) {
  return "to_char(date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') - interval '" +
         std::to_string(months) + " months', '" + format + "')";
}

struct OldWorld : World {
  OldWorld() : World(Carrier::kPostgres) {
    test.Execute("TRUNCATE example.event_log_bound");
    for (const int months : {2, 3}) {
      const std::string name = test.Execute("SELECT 'event_log_' || " + Relative(months, "YYYY_MM"));
      test.Execute("DROP TABLE IF EXISTS example.event_log_archived_" + name.substr(10));
      test.Execute("DO $$ BEGIN EXECUTE format('CREATE TABLE IF NOT EXISTS example." + name +
                   " PARTITION OF example.event_log FOR VALUES FROM (%L) TO (%L)', " +
                   Relative(months, "YYYY-MM-DD\"T00:00:00Z\"") + ", " +
                   Relative(months - 1, "YYYY-MM-DD\"T00:00:00Z\"") + "); END $$");
      test.Execute("ALTER TABLE example." + name + " OWNER TO continuo_example_owner");
      names.push_back(name);
    }
  }
  ~OldWorld() {
    for (const std::string& name : names) {
      test.Execute("DROP TABLE IF EXISTS example." + name);
      test.Execute("DROP TABLE IF EXISTS example.event_log_archived_" + name.substr(10));
    }
  }

  // As if all that there is had been written so many months ago.
  void Age(int months) {
    test.Execute("UPDATE example.event_log SET recorded_at = recorded_at - interval '" +
                 std::to_string(months) + " months' WHERE recorded_at > clock_timestamp() - "
                 "interval '1 day'");
  }
  std::vector<TakenUpTo> TakenAll() {
    std::vector<TakenUpTo> taken;
    for (const Event& event : Log()) {
      auto found = std::find_if(taken.begin(), taken.end(), [&](const TakenUpTo& each) {
        return each.stream == event.stream();
      });
      if (found == taken.end()) found = taken.insert(taken.end(), {event.stream(), 0});
      found->seq = std::max(found->seq, event.seq);
    }
    return taken;
  }
  std::vector<OldMonth> Archive(const std::vector<TakenUpTo>& taken, int keep = 1) {
    return example
        .Work(CallOf("example", ""),
              [&](Transaction& tx) -> Result<std::vector<OldMonth>> {
                return ArchiveLog(tx, keep, taken);
              })
        .value();
  }
  int64_t Through(const Stream& stream) {
    return example
        .Work(CallOf("example", ""),
              [&](Transaction& tx) -> Result<int64_t> { return ArchivedThrough(tx, stream); })
        .value();
  }

  std::vector<std::string> names;  // of the partitions two and three months ago
};

std::vector<NewOrder> SomeOrders(int from, int count) {
  std::vector<NewOrder> orders;
  for (int i = from; i < from + count; ++i) {
    orders.push_back({.id = IdFor("ord", i), .account_id = IdFor("acc", i)});
  }
  return orders;
}

TEST_CASE("months that everyone has taken leave the log, in their order, and can come back") {
  OldWorld world;
  world.Append(SomeOrders(0, 5));
  world.RelayAll();
  world.Age(3);
  world.Append(SomeOrders(5, 5));
  world.RelayAll();
  world.Age(2);
  world.Append(SomeOrders(10, 3));
  world.RelayAll();
  // What was produced is noted by the next round.
  REQUIRE(world.relay.Step());
  const auto taken = world.TakenAll();

  CHECK(world.Archive(taken, 6).empty());
  CHECK(world.Log().size() == 13);
  const auto months = world.Archive(taken);
  REQUIRE(months.size() == 2);
  CHECK(months[0].archived);
  CHECK(months[1].archived);
  CHECK(months[0].month < months[1].month);
  CHECK(world.Log().size() == 3);
  CHECK(world.Archive(taken).empty());
  const int64_t archived = world.CountOf("SELECT sum(through_seq) FROM example.event_log_bound");
  CHECK(archived == 10);
  const Stream stream = world.Log().front().stream();
  CHECK(world.Through(stream) == world.Log().front().seq - 1);

  // New events go on where the log went on, and nothing is stamped twice.
  world.Append(SomeOrders(0, 5));
  world.RelayAll();
  CHECK(world.CountOf("SELECT count(*) FROM example.event_log WHERE seq IS NULL") == 0);

  const std::string month = months[1].month;
  CHECK_THROWS(world.test.Execute("SELECT example.event_log_restore('" + months[0].month + "')"));
  world.test.Execute("SELECT example.event_log_restore('" + month + "')");
  world.test.Execute("SELECT example.event_log_restore('" + months[0].month + "')");
  CHECK(world.Log().size() == 18);
  CHECK(world.CountOf("SELECT count(*) FROM example.event_log_bound") == 0);
}

TEST_CASE("a month stays while something in it is not stamped, not produced or not taken") {
  OldWorld world;
  world.Append(SomeOrders(0, 5));
  SECTION("not stamped") {
    world.Age(3);
    const auto months = world.Archive({});
    REQUIRE(months.size() == 1);
    CHECK_FALSE(months[0].archived);
    CHECK(months[0].held_by == "the relay");
  }
  SECTION("not produced") {
    world.RelayAll();
    REQUIRE(world.relay.Step());
    world.test.Execute("UPDATE example.relay_position SET produced_seq = 0");
    world.Age(3);
    const auto months = world.Archive(world.TakenAll());
    REQUIRE(months.size() == 1);
    CHECK(months[0].held_by == "the relay");
  }
  SECTION("not taken by one") {
    world.RelayAll();
    REQUIRE(world.relay.Step());
    world.Age(3);
    auto taken = world.TakenAll();
    taken.front().seq -= 1;
    const auto months = world.Archive(taken);
    REQUIRE(months.size() == 1);  // the month after it is not even looked at
    CHECK_FALSE(months[0].archived);
    CHECK(months[0].held_by ==
          taken.front().stream.topic + "/" + std::to_string(taken.front().stream.partition));
  }
  CHECK(world.Log().size() == 5);
  CHECK(world.CountOf("SELECT count(*) FROM example.event_log_bound") == 0);
}

TEST_CASE("the current month is never archived") {
  OldWorld world;
  CHECK_FALSE(world.example.Work(CallOf("example", ""), [&](Transaction& tx) -> Result<void> {
    try {
      ArchiveLog(tx, 0, {});
    } catch (const postgres::StatementFailed&) {
      return Internal("refused");
    }
    return {};
  }));
}

}  // namespace
}  // namespace continuo::events
