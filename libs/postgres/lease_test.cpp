#include "libs/postgres/lease.h"

#include <latch>
#include <thread>

#include "libs/postgres/testdata/library.h"
#include "libs/testing/catch/catch.h"

namespace continuo::postgres {
namespace {

using testdata::CallOf;
using testdata::Library;

std::optional<Lease> Acquire(Library& library, const std::string& holder,
                             std::chrono::milliseconds term = kLeaseTerm) {
  return library.database
      .Work(CallOf(), [&](Transaction& tx) { return AcquireLease(tx, "relay", holder, term); })
      .value();
}

bool Renew(Library& library, const Lease& lease) {
  return library.database.Work(CallOf(), [&](Transaction& tx) { return RenewLease(tx, lease); })
      .value();
}

Result<void> Require(Library& library, const Lease& lease) {
  return library.database.Work(CallOf(), [&](Transaction& tx) { return tx.RequireLease(lease); });
}

void Expire(Library& library) {
  library.test.Execute("UPDATE library.lease SET expires_at = now() - interval '1 second'");
}

TEST_CASE("one holds a lease; each change of holder raises the epoch") {
  Library library;
  const auto first = Acquire(library, "one");
  REQUIRE(first);
  CHECK(first->epoch == 1);
  CHECK_FALSE(Acquire(library, "two"));
  CHECK(Acquire(library, "one")->epoch == 1);
  CHECK(Renew(library, *first));
  CHECK(Require(library, *first));

  Expire(library);
  CHECK_FALSE(Renew(library, *first));
  CHECK(Require(library, *first).error().reason == "LEASE_LOST");
  const auto second = Acquire(library, "two");
  REQUIRE(second);
  CHECK(second->epoch == 2);
  // The old holder wakes up.
  CHECK_FALSE(Renew(library, *first));
  CHECK_FALSE(Acquire(library, "one"));
  CHECK(Require(library, *first).error().reason == "LEASE_LOST");
  CHECK(Require(library, *second));

  CHECK(
      library.database.Work(CallOf(), [&](Transaction& tx) { return ReleaseLease(tx, *second); }));
  CHECK(Acquire(library, "one")->epoch == 3);
}

TEST_CASE("a holder that comes back after its lease expired has a new epoch") {
  Library library;
  CHECK(Acquire(library, "one")->epoch == 1);
  Expire(library);
  CHECK(Acquire(library, "one")->epoch == 2);
}

TEST_CASE("a lease that was given before the clock was set back is free") {
  Library library;
  const auto first = Acquire(library, "one");
  REQUIRE(first);
  library.test.Execute("UPDATE library.lease SET expires_at = now() + interval '25 seconds'");
  CHECK_FALSE(Acquire(library, "two"));  // somebody's longer term
  library.test.Execute("UPDATE library.lease SET expires_at = now() + interval '1 hour'");
  const auto second = Acquire(library, "two");
  REQUIRE(second);
  CHECK(second->epoch == 2);
  CHECK(Require(library, *first).error().reason == "LEASE_LOST");
  library.test.Execute("UPDATE library.lease SET expires_at = now() + interval '1 hour'");
  CHECK(Renew(library, *second));
  CHECK_FALSE(Acquire(library, "one"));
}

TEST_CASE("a successor waits for the protected transaction, renewal does not") {
  Library library;
  const auto lease = Acquire(library, "one");
  std::atomic<bool> committed{false};
  std::thread successor;
  const auto outcome = library.database.Work(CallOf(), [&](Transaction& tx) -> Result<void> {
    RETURN_IF_FAULT(tx.RequireLease(*lease));
    CHECK(Renew(library, *lease));
    Expire(library);
    std::latch started(1);
    successor = std::thread([&] {
      started.count_down();
      const auto taken = Acquire(library, "two");
      CHECK(committed);
      CHECK(taken->epoch == 2);
    });
    started.wait();
    // The successor is waiting for our row's lock.
    while (
        library.test.Execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                             "AND datname = current_database()") != "1") {
      std::this_thread::yield();
    }
    tx.OnCommit([] {});
    committed = true;
    return {};
  });
  CHECK(outcome);
  successor.join();
}

TEST_CASE("of many keepers, one holds") {
  Library library({.worker_connections = 8});
  std::atomic<int> holding{0};
  std::latch all(8);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      LeaseKeeper keeper(library.database, "relay", "keeper " + std::to_string(i));
      if (keeper.Hold()) ++holding;
      if (keeper.Hold()) ++holding;
      all.arrive_and_wait();
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(holding == 2);
  // It was released at the end.
  const auto next = LeaseKeeper(library.database, "relay", "next").Hold();
  REQUIRE(next);
  CHECK(next->epoch == 2);
}

TEST_CASE("a keeper that the database refuses has no lease, and lets go without a word") {
  Library library;
  LeaseKeeper keeper(library.database, "relay", "one", std::chrono::milliseconds(0));
  REQUIRE(keeper.Hold());
  library.test.Execute(
      "CREATE FUNCTION library.refuse() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$");
  library.test.Execute(
      "CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON library.lease "
      "FOR EACH STATEMENT EXECUTE FUNCTION library.refuse()");
  SECTION("when it is released") { CHECK_NOTHROW(keeper.Release()); }
  SECTION("when it is renewed") { CHECK_FALSE(keeper.Hold()); }
  library.test.Execute("DROP FUNCTION library.refuse() CASCADE");
  CHECK(keeper.Hold());
}

}  // namespace
}  // namespace continuo::postgres
