#include "libs/postgres/migrate.h"

#include <sys/wait.h>
#include <unistd.h>

#include "libs/postgres/testdata/library.h"
#include "libs/testing/catch/catch.h"

namespace continuo::postgres {
namespace {

constexpr Migration kFirst{"0001_first",
                           "CREATE TABLE thing (id bigserial PRIMARY KEY, name text)"};
constexpr Migration kSecond{
    "0002_second", "ALTER TABLE thing ADD COLUMN size int; INSERT INTO thing (name) VALUES ('x')"};

MigrateReport Run(const testing::TestDatabase& test, std::vector<Migration> migrations) {
  return Migrate({.admin_url = test.admin_url(), .service = "shop"}, {migrations});
}

// What the operator is told; "" when it succeeds.
std::string Refusal(const std::function<void()>& migrate) {
  try {
    migrate();
  } catch (const MigrationFailed& failed) {
    return failed.what();
  }
  return "";
}

bool Says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("each migration is applied once, in order, after the tables that every service has") {
  testing::TestDatabase test;
  CHECK(Run(test, {kFirst}).applied == std::vector<std::string>{"0000_bones", "0001_first"});
  CHECK(Run(test, {kFirst}).applied.empty());
  CHECK(Run(test, {kFirst, kSecond}).applied == std::vector<std::string>{"0002_second"});
  CHECK(test.Execute("SELECT count(*) FROM shop.thing") == "1");
}

TEST_CASE("a migration that fails leaves nothing of itself") {
  testing::TestDatabase test;
  const Migration wrong{"0002_wrong",
                        "CREATE TABLE other (id int); SELECT no_such_column FROM thing"};
  CHECK_THROWS_AS(Run(test, {kFirst, wrong}), MigrationFailed);
  CHECK(test.Execute("SELECT to_regclass('shop.other') IS NULL") == "t");
  CHECK(Run(test, {kFirst, kSecond}).applied == std::vector<std::string>{"0002_second"});
}

TEST_CASE("an applied migration may not change, nor two share a name") {
  testing::TestDatabase test;
  Run(test, {kFirst});
  const Migration changed{"0001_first", "CREATE TABLE thing (id bigint)"};
  CHECK(Says(Refusal([&] { Run(test, {changed}); }), "was changed after it had been applied"));
  CHECK(Says(Refusal([&] { Run(test, {kFirst, kFirst}); }), "two migrations named"));
}

TEST_CASE("a service's name cannot be SQL") {
  testing::TestDatabase test;
  CHECK_THROWS_AS(Migrate({.admin_url = test.admin_url(), .service = "x; DROP"}, {}),
                  MigrationFailed);
}

TEST_CASE("a lock that others hold is not waited for without end") {
  testing::TestDatabase test;
  Run(test, {kFirst});
  Database database(test.Config("shop"));
  const auto outcome = database.Work({}, [&](Transaction& tx) -> Result<void> {
    tx.RunDynamic("SELECT FROM thing", {});
    const std::vector<Migration> both{kFirst, kSecond};
    const std::string refusal = Refusal([&] {
      Migrate({.admin_url = test.admin_url(),
               .service = "shop",
               .lock_timeout = std::chrono::milliseconds(50)},
              {both});
    });
    CHECK(Says(refusal, "waited too long for a lock"));
    return {};
  });
  CHECK(outcome);
}

TEST_CASE("the roles may do what they are for, and no more") {
  testing::TestDatabase test;
  Run(test, {kFirst});
  const std::vector<Migration> other{{"0001_first", "CREATE TABLE secret (id int)"}};
  Migrate({.admin_url = test.admin_url(), .service = "bank"}, {other});
  Database database(test.Config("shop"));
  const auto may = [&](const std::string& sql) {
    try {
      return database
          .Write({},
                 [&](Transaction& tx) -> Result<void> {
                   tx.RunDynamic(sql, {});
                   return {};
                 })
          .has_value();
    } catch (const StatementFailed& failed) {
      CHECK(failed.sqlstate() == "42501");
      return false;
    }
  };
  CHECK(may("INSERT INTO thing (name) VALUES ('a')"));
  CHECK(may("DELETE FROM thing"));
  CHECK_FALSE(may("DROP TABLE thing"));
  CHECK_FALSE(may("CREATE TABLE mine (id int)"));
  CHECK_FALSE(may("TRUNCATE thing"));
  CHECK_FALSE(may("SELECT * FROM bank.secret"));
  CHECK(test.Execute("SELECT rolbypassrls FROM pg_roles WHERE rolname = 'continuo_shop_worker'") ==
        "t");
  CHECK(test.Execute("SELECT rolbypassrls FROM pg_roles WHERE rolname = 'continuo_shop_api'") ==
        "f");
}

TEST_CASE("ten processes at once: one does the work, all succeed") {
  testing::TestDatabase test;
  test.Execute("SELECT 1");
  std::vector<pid_t> children;
  for (int i = 0; i < 10; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      int status = 1;
      try {
        Run(test, {kFirst, kSecond});
        status = 0;
      } catch (const std::exception& error) {
        dprintf(2, "%s\n", error.what());
      }
      _exit(status);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  CHECK(test.Execute("SELECT string_agg(title, ' ' ORDER BY title) FROM shop.schema_migration") ==
        "0000_bones 0001_first 0002_second");
  CHECK(test.Execute("SELECT count(*) FROM shop.thing") == "1");
}

}  // namespace
}  // namespace continuo::postgres
