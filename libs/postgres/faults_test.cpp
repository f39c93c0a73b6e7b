// What happens to transactions when connections and servers die under them.
#include <atomic>
#include <thread>

#include "libs/postgres/connection.h"
#include "libs/postgres/testdata/book.pb.h"
#include "libs/postgres/testdata/library.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/lossy_proxy.h"

namespace continuo::postgres {
namespace {

using testdata::Book;
using testdata::CallOf;
using testdata::Library;

void TerminateBackends(const Library& library) {
  library.test.Execute(
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
      "WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

Result<int64_t> Raise(Transaction& tx) {
  return tx.Run(testdata::kRaiseCounter, 1).front().Int("value");
}

Result<Book> MakeBook(Transaction& tx) {
  Book book;
  book.set_name("Book " + std::to_string(Raise(tx).value()));
  return book;
}

TEST_CASE("idle connections that died are replaced without anybody noticing") {
  Library library;
  for (int round = 0; round < 3; ++round) {
    CHECK(library.database.Write(CallOf(), Raise));
    CHECK(library.database.Command<Book>(CallOf("key " + std::to_string(round)), MakeBook));
    TerminateBackends(library);
    CHECK(library.database.Read(CallOf(), [](Transaction&) -> Result<void> { return {}; }));
    TerminateBackends(library);
  }
  CHECK(library.Counter(1) == 6);
}

TEST_CASE("a connection that dies before COMMIT takes its work along, and it is done again") {
  Library library;
  int runs = 0;
  const auto dying_once = [&](Transaction& tx) {
    const auto made = MakeBook(tx);
    if (++runs == 1) TerminateBackends(library);
    return made;
  };
  CHECK(library.database.Command<Book>(CallOf("key"), dying_once).value().name() == "Book 1");
  CHECK(runs == 2);
  runs = 0;
  CHECK(library.database.Work(CallOf(), dying_once).value().name() == "Book 2");
  CHECK(runs == 2);
  CHECK(library.Counter(1) == 2);
}

TEST_CASE("a connection that dies every time is given up") {
  Library library;
  const auto outcome = library.database.Write(CallOf(), [&](Transaction& tx) {
    TerminateBackends(library);
    return Raise(tx);
  });
  CHECK(outcome.error().reason == "UNAVAILABLE");
  CHECK(library.Counter(1) == 0);
}

TEST_CASE("a server without room is unavailable, and the call that met it can be repeated") {
  Library library;
  const auto code = GENERATE(as<std::string>(), "disk_full", "out_of_memory", "io_error");
  library.test.Execute(
      "CREATE FUNCTION library.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room' "
      "USING ERRCODE = '" + code + "'; END $$");
  library.test.Execute("CREATE TRIGGER no_room BEFORE UPDATE ON library.counter FOR EACH STATEMENT "
                       "EXECUTE FUNCTION library.no_room()");
  const auto raise = [](Transaction& tx) -> Result<void> {
    tx.Run(testdata::kRaiseCounter, 1);
    return {};
  };
  const auto refused = library.database.Write(CallOf(), raise);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::kUnavailable);
  CHECK(library.database.Work(CallOf(), raise).error().code == Code::kUnavailable);
  library.test.Execute("DROP TRIGGER no_room ON library.counter");
  CHECK(library.database.Write(CallOf(), raise));
  CHECK(library.Counter(1) == 1);
}

TEST_CASE("no server is a fault, not an exception") {
  Database database({.service = "library",
                     .url = "host=/nonexistent",
                     .connect_timeout = std::chrono::milliseconds(50)});
  CHECK(database.Read(CallOf(), Raise).error().reason == "UNAVAILABLE");
  CHECK_FALSE(database.Ready());
}

// A COMMIT whose answer is lost: the deferred trigger ends the connection while it is being
// committed, so that the server rolls back and the client cannot know.
TEST_CASE("an unanswered COMMIT that was rolled back is done again") {
  Library library;
  library.test.Execute(R"sql(
    SET search_path = library;
    CREATE SEQUENCE attempt;
    CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        IF nextval('library.attempt') = 1 THEN
          PERFORM pg_terminate_backend(pg_backend_pid());
        END IF;
        RETURN NULL;
      END $$;
    CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON counter DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION cut())sql");
  SECTION("a command finds no row under its key") {
    CHECK(library.database.Command<Book>(CallOf("key"), MakeBook).value().name() == "Book 1");
  }
  SECTION("other work asks for the transaction's status") {
    CHECK(library.database.Work(CallOf(), Raise).value() == 1);
  }
  CHECK(library.Counter(1) == 1);
  CHECK(library.test.Execute("SELECT last_value FROM library.attempt") == "2");
}

TEST_CASE("an unanswered COMMIT that happened is found out, and not done again") {
  testing::TestServer server;
  const std::string admin = server.url() + " dbname=postgres";
  Migrate({.admin_url = admin, .service = "library"}, {testdata::kMigrations});
  testing::LossyProxy proxy(server.directory());
  {
    Database database(
        {.service = "library", .url = "host=" + proxy.directory() + " dbname=postgres"});
    int runs = 0;
    int hooks = 0;
    const auto counted = [&](Transaction& tx) {
      ++runs;
      tx.OnCommit([&] { ++hooks; });
      auto book = MakeBook(tx);
      book->set_secret("s3cret");
      return book;
    };
    CHECK(database.Command<Book>(CallOf("key 0"), counted));
    proxy.LoseNextCommit();
    const rpc::Call call = CallOf("key 1");
    const auto made = database.Command<Book>(call, counted);
    CHECK(made.value().name() == "Book 2");
    // It is the first answer, not a repeat of it: the secret has not been shown yet.
    CHECK(made.value().secret() == "s3cret");
    CHECK_FALSE(call.notes->replayed);
    CHECK(runs == 2);
    CHECK(hooks == 2);
    CHECK(proxy.lost() == 1);

    proxy.LoseNextCommit();
    CHECK(database.Work(CallOf(), counted).value().name() == "Book 3");
    CHECK(runs == 3);
    CHECK(hooks == 3);
    CHECK(proxy.lost() == 2);

    // Reading leaves nothing in doubt.
    proxy.LoseNextCommit();
    CHECK(database.Read(CallOf(), [](Transaction&) -> Result<void> { return {}; }));
    CHECK(proxy.lost() == 3);
  }
  CHECK(
      Connection(admin).Execute("SELECT value FROM library.counter WHERE id = 1").front().Int(0) ==
      3);
}

// Commands go on from several threads while the server is stopped as by a power cut, again
// and again. Afterwards every acknowledged one has happened exactly once, and repeating those that
// were not acknowledged makes up the rest.
TEST_CASE("a server that restarts under load loses nothing and doubles nothing") {
  testing::TestServer server;
  const std::string url = server.url() + " dbname=postgres";
  Migrate({.admin_url = url, .service = "library"}, {testdata::kMigrations});
  Connection(url).Execute("CREATE TABLE library.done (key text NOT NULL)");
  Connection(url).Execute(
      "GRANT ALL ON library.done TO continuo_library_api, continuo_library_worker");
  Database database({.service = "library", .url = server.url() + " dbname=postgres"});
  static constexpr Statement kDone{"library", "done", "INSERT INTO done (key) VALUES ($1)"};

  std::atomic<bool> over{false};
  std::atomic<int> acknowledged{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int n = 0; !over; ++n) {
        const std::string key = std::to_string(thread) + "/" + std::to_string(n);
        for (bool done = false; !done;) {  // as a client does: the same key until it is answered
          const auto made =
              database.Command<Book>(CallOf(key), [&](Transaction& tx) -> Result<Book> {
                tx.Run(kDone, key);
                Book book;
                book.set_name(key);
                return book;
              });
          done = made.has_value() && made->name() == key;
          ++(done ? acknowledged : refused);
        }
      }
    });
  }
  for (int restart = 0; restart < 3; ++restart) {
    const int before = acknowledged;
    while (acknowledged < before + 200) std::this_thread::yield();
    server.RestartImmediately();
  }
  const int before = acknowledged;
  while (acknowledged < before + 200) std::this_thread::yield();
  over = true;
  for (std::thread& thread : threads) thread.join();

  Connection connection(url);
  CHECK(connection.Execute("SELECT count(*) FROM library.done").front().Int(0) == acknowledged);
  CHECK(connection.Execute("SELECT count(DISTINCT key) FROM library.done").front().Int(0) ==
        acknowledged);
  CHECK(connection.Execute("SELECT count(*) FROM library.idempotency_key").front().Int(0) ==
        acknowledged);
}

}  // namespace
}  // namespace continuo::postgres
