#include "libs/postgres/database.h"

#include <atomic>
#include <latch>
#include <thread>

#include "libs/postgres/testdata/library.h"
#include "libs/testing/catch/catch.h"

namespace continuo::postgres {
namespace {

using testdata::CallOf;
using testdata::Library;

Result<int64_t> CountBooks(Transaction& tx) {
  return tx.Run(testdata::kCountBooks).front().Int("books");
}

Result<int64_t> Raise(Transaction& tx, int counter) {
  return tx.Run(testdata::kRaiseCounter, counter).front().Int("value");
}

std::string Reason(const auto& result) { return result ? "" : result.error().reason; }

TEST_CASE("a transaction commits a value and rolls back a fault or an exception") {
  Library library;
  const auto insert = [](Transaction& tx) {
    return tx.Run(testdata::kInsertBook, ids::NewUuid(), nullptr, "Ulysses", 1999).affected();
  };
  CHECK(Reason(library.database.Write(CallOf(), [&](Transaction& tx) -> Result<void> {
          insert(tx);
          return FailedPrecondition("NO_BOOKS_TODAY", "Come back tomorrow.");
        })) == "NO_BOOKS_TODAY");
  CHECK_THROWS_AS(library.database.Write(CallOf(),
                                         [&](Transaction& tx) -> Result<void> {
                                           insert(tx);
                                           throw std::logic_error("a bug");
                                         }),
                  std::logic_error);
  CHECK(library.database.Read(CallOf(), CountBooks).value() == 0);
  CHECK(library.database
            .Write(CallOf(), [&](Transaction& tx) -> Result<size_t> { return insert(tx); })
            .value() == 1);
  CHECK(library.database.Read(CallOf(), CountBooks).value() == 1);
}

TEST_CASE("a read cannot write") {
  Library library;
  CHECK_THROWS_AS(library.database.Read(CallOf(), [](Transaction& tx) { return Raise(tx, 1); }),
                  StatementFailed);
  CHECK(library.Counter(1) == 0);
}

TEST_CASE("constraint violations are typed, and become faults that tell nothing internal") {
  Library library;
  struct Row {
    std::string name;
    std::function<void(Transaction&)> run;
    std::string constraint;
    std::string reason;
  };
  const auto author = ids::NewUuid();
  const Row rows[] = {
      {"unique",
       [](Transaction& tx) {
         tx.Run(testdata::kInsertBook, ids::NewUuid(), nullptr, "Emma", 1);
         tx.Run(testdata::kInsertBook, ids::NewUuid(), nullptr, "Emma", 1);
       },
       "book_name_key", "ALREADY_EXISTS"},
      {"reference",
       [&](Transaction& tx) { tx.Run(testdata::kInsertBook, ids::NewUuid(), author, "Emma", 1); },
       "book_author_id_fkey", "REFERENCE_NOT_FOUND"},
      {"check",
       [](Transaction& tx) { tx.Run(testdata::kInsertBook, ids::NewUuid(), nullptr, "Emma", -1); },
       "book_price_minor_check", "INTERNAL"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    std::string caught;
    const auto outcome = library.database.Write(CallOf(), [&](Transaction& tx) -> Result<void> {
      try {
        row.run(tx);
      } catch (const ConstraintViolation& violation) {
        caught = violation.constraint();
        throw;
      }
      return {};
    });
    CHECK(caught == row.constraint);
    CHECK(Reason(outcome) == row.reason);
    CHECK(outcome.error().message.find("INSERT") == std::string::npos);
  }
}

TEST_CASE("a failed statement that the use case swallows is no success") {
  Library library;
  const auto outcome = library.database.Write(CallOf(), [](Transaction& tx) -> Result<void> {
    try {
      tx.Run(testdata::kInsertBook, ids::NewUuid(), nullptr, "Emma", -1);
    } catch (const CheckViolation&) {
    }
    return {};
  });
  CHECK(Reason(outcome) == "INTERNAL");
}

TEST_CASE("a nested part is undone alone") {
  Library library;
  int hooks = 0;
  const auto outcome = library.database.Work(CallOf(), [&](Transaction& tx) -> Result<void> {
    const auto insert = [&](std::string_view name, int64_t price) {
      return tx.Nested([&]() -> Result<void> {
        tx.OnCommit([&] { ++hooks; });
        tx.Run(testdata::kInsertBook, ids::NewUuid(), nullptr, name, price);
        return {};
      });
    };
    CHECK(insert("Emma", 1));
    CHECK(Reason(insert("Emma", 1)) == "ALREADY_EXISTS");
    CHECK(Reason(insert("Persuasion", -1)) == "INTERNAL");
    CHECK(insert("Persuasion", 1));
    return {};
  });
  CHECK(outcome);
  CHECK(library.database.Read(CallOf(), CountBooks).value() == 2);
  CHECK(hooks == 2);
}

TEST_CASE("hooks run after the commit, and only then") {
  Library library;
  std::vector<std::string> log;
  const auto run = [&](const rpc::Call& call, bool fail) {
    return library.database.Write(call, [&](Transaction& tx) -> Result<void> {
      tx.OnCommit([&] { log.push_back("counter " + std::to_string(library.Counter(1))); });
      RETURN_IF_FAULT(Raise(tx, 1));
      if (fail) return FailedPrecondition("NO", "No.");
      return {};
    });
  };
  CHECK_FALSE(run(CallOf(), true));
  CHECK(log.empty());
  CHECK(run(CallOf(), false));
  CHECK(log == std::vector<std::string>{"counter 1"});
}

TEST_CASE("the caller's access reaches row-level security; the worker is not bound by it") {
  Library library;
  const auto user = ids::NewUuid();
  const auto division = ids::NewUuid();
  library.test.Execute("INSERT INTO library.owned VALUES (1, '" + user.ToString() +
                       "', NULL), (2, '" + user.ToString() + "', '" + division.ToString() +
                       "'), (3, gen_random_uuid(), NULL)");
  static constexpr Statement kVisible{
      "library", "visible",
      "SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') AS ids FROM owned"};
  const auto visible = [](Transaction& tx) -> Result<std::string> {
    return std::string(tx.Run(kVisible).front().Text("ids"));
  };
  rpc::Call nobody;
  CHECK(library.database.Read(nobody, visible).value() == "");
  rpc::Call owner;
  owner.principal.user_id = ids::FormatTypeId("usr", user);
  CHECK(library.database.Read(owner, visible).value() == "1,2");
  owner.principal.division_ids = {ids::FormatTypeId("div", division)};
  CHECK(library.database.Read(owner, visible).value() == "1,2");
  owner.principal.division_ids = {ids::FormatTypeId("div", ids::NewUuid())};
  CHECK(library.database.Read(owner, visible).value() == "1");
  owner.principal.division_ids = {"not an id"};
  CHECK(library.database.Read(owner, visible).value() == "1");
  rpc::Call hostile;
  hostile.principal.user_id = "usr_' OR true --";
  CHECK(library.database.Read(hostile, visible).value() == "");
  rpc::Call all;
  all.principal.sees_all = true;
  CHECK(library.database.Read(all, visible).value() == "1,2,3");
  CHECK(library.database.Work(nobody, visible).value() == "1,2,3");
  // Nothing of the last caller stays with the connection.
  CHECK(library.database.Read(nobody, visible).value() == "");
}

TEST_CASE("the business clock is the sandbox's row, or the wall clock") {
  Library library;
  const auto now = [](Transaction& tx) -> Result<calendar::Instant> { return tx.now(); };
  const auto before = std::chrono::system_clock::now() - std::chrono::minutes(1);
  CHECK(library.database.Read(CallOf(), now).value() > before);
  library.test.SetClock("library", "2026-01-31T23:30:00.25Z");
  const auto instant = library.database.Read(CallOf(), now).value();
  CHECK(calendar::FormatInstant(instant) == "2026-01-31T23:30:00.250000Z");
  static constexpr Statement kBusinessDate{"library", "business_date",
                                           "SELECT business_date() AS business_date"};
  CHECK(library.database
            .Read(CallOf(),
                  [](Transaction& tx) -> Result<std::string> {
                    CHECK(tx.Today(calendar::Zone::Find("Europe/Amsterdam").value()).ToString() ==
                          "2026-02-01");
                    return tx.Run(kBusinessDate).front().Date("business_date").ToString();
                  })
            .value() == "2026-01-31");
  library.test.SetClock("library", "");
  CHECK(library.database.Read(CallOf(), now).value() > before);
}

TEST_CASE("the call's deadline ends a statement, a wait for a lock, a wait for a connection") {
  Library library({.api_connections = 1});
  static constexpr Statement kSleep{"library", "sleep", "SELECT pg_sleep(60)"};
  rpc::Call call = CallOf();
  call.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
  const auto sleep = [](Transaction& tx) -> Result<void> {
    tx.Run(kSleep);
    return {};
  };
  CHECK(Reason(library.database.Read(call, sleep)) == "DEADLINE_EXCEEDED");
  CHECK(Reason(library.database.Read(call, sleep)) == "DEADLINE_EXCEEDED");  // it has passed
  const auto outcome = library.database.Read(CallOf(), [&](Transaction&) -> Result<void> {
    rpc::Call other = CallOf();
    other.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
    return library.database.Read(other, CountBooks).transform([](int64_t) {});
  });
  CHECK_FALSE(outcome);
  CHECK(library.database.Read(CallOf(), CountBooks));
}

// Two transactions that lock two counters in opposite order until both have the first.
TEST_CASE("a deadlock's loser is run again and both are counted") {
  Library library;
  std::latch both_have_one(2);
  std::atomic<int> runs{0};
  const auto run = [&](int first, int second) {
    bool waited = false;
    const auto outcome = library.database.Write(CallOf(), [&](Transaction& tx) -> Result<void> {
      ++runs;
      RETURN_IF_FAULT(Raise(tx, first));
      if (!std::exchange(waited, true)) both_have_one.arrive_and_wait();
      RETURN_IF_FAULT(Raise(tx, second));
      return {};
    });
    CHECK(outcome);
  };
  std::thread other([&] { run(2, 1); });
  run(1, 2);
  other.join();
  CHECK(runs == 3);
  CHECK(library.Counter(1) == 2);
  CHECK(library.Counter(2) == 2);
}

TEST_CASE("races without end are given up") {
  Library library;
  int runs = 0;
  const auto outcome = library.database.Write(CallOf(), [&](Transaction&) -> Result<void> {
    ++runs;
    throw SerializationFailure("again");
  });
  CHECK(Reason(outcome) == "CONFLICT");
  CHECK(runs == 5);
}

TEST_CASE("copy loads rows, whatever is in them") {
  Library library;
  const std::string odd = "tab\t newline\n return\r backslash \\ quote \" \\N é";
  const auto outcome = library.database.Work(CallOf(), [&](Transaction& tx) -> Result<void> {
    tx.Copy("book", {"id", "name", "price_minor"}, [&](CopyWriter& writer) {
      writer.Row(ids::NewUuid(), odd, nullptr);
      for (int i = 0; i < 1000; ++i) writer.Row(ids::NewUuid(), "book " + std::to_string(i), i);
    });
    return {};
  });
  CHECK(outcome);
  CHECK(library.database.Read(CallOf(), CountBooks).value() == 1001);
  CHECK(library.test.Execute("SELECT name FROM library.book WHERE price_minor IS NULL") == odd);
  // A copy that fails leaves nothing behind, and the pool goes on.
  CHECK(Reason(library.database.Work(CallOf(), [&](Transaction& tx) -> Result<void> {
          tx.Copy("book", {"id", "name"}, [&](CopyWriter& writer) {
            writer.Row(ids::NewUuid(), "new");
            writer.Row(ids::NewUuid(), odd);
          });
          return {};
        })) == "ALREADY_EXISTS");
  CHECK_THROWS_AS(library.database.Work(CallOf(),
                                        [&](Transaction& tx) -> Result<void> {
                                          tx.Copy("book", {"id", "name"}, [&](CopyWriter& writer) {
                                            writer.Row(ids::NewUuid(), "new");
                                            throw std::logic_error("a bug");
                                          });
                                          return {};
                                        }),
                  std::logic_error);
  CHECK(library.database.Work(CallOf(), CountBooks).value() == 1001);
}

TEST_CASE("the pool lends at most its size and serves many threads") {
  Library library({.api_connections = 3});
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) {
        const auto raised =
            library.database.Write(CallOf(), [](Transaction& tx) { return Raise(tx, 1); });
        if (!raised) throw std::runtime_error(raised.error().message);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(library.Counter(1) == 240);
  CHECK(std::stoi(library.test.Execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE usename = 'continuo_library_api' AND datname = current_database()")) <= 3);
}

}  // namespace
}  // namespace continuo::postgres
