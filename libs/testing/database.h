// A real Postgres for tests, thrown away afterwards.
//
//   TestDatabase test;                                     // its own database
//   test.Migrate("billing", {billing::sql::migrations()});
//   postgres::Database database(test.Config("billing"));
//   test.SetClock("billing", "2026-01-31T09:00:00Z");
//
// The server is the one that CONTINUO_TEST_POSTGRES (a connection string) names, as tests/run sets
// it; else one is made on first use in a temporary folder, on a Unix socket only, without fsync, and
// stopped when the program ends, even by a crash. Never the user's own server.
#pragma once

#include <cstdio>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "libs/postgres/database.h"
#include "libs/postgres/migrate.h"

namespace continuo::testing {

class TestDatabase {
 public:
  TestDatabase();
  ~TestDatabase();  // drops the database
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  // Connection string without user, as DatabaseConfig.url takes it.
  const std::string& url() const { return url_; }
  // The same as superuser, as MigrateConfig.admin_url takes it.
  const std::string& admin_url() const { return admin_url_; }
  postgres::DatabaseConfig Config(std::string_view service) const;
  void Migrate(std::string_view service,
               std::initializer_list<std::span<const postgres::Migration>> sets) const;

  // The sandbox clock of a service; "" goes back to the wall clock.
  void SetClock(std::string_view service, std::string_view instant) const;

  // SQL as superuser, for the parts of a test that stand outside the service: terminating its
  // backends, looking at rows. Answers the first column of the first row, "" when there is none.
  std::string Execute(const std::string& sql) const;

 private:
  std::string name_;
  std::string url_;
  std::string admin_url_;
};

// A server of the test's own, for tests that stop and restart it.
class TestServer {
 public:
  TestServer();
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  // Connection string of the superuser, without dbname.
  const std::string& url() const { return url_; }
  // Holds its socket.
  const std::string& directory() const { return directory_; }
  // pg_ctl restart -m immediate: as after a power cut, without the power cut.
  void RestartImmediately();

 private:
  std::string directory_;
  std::FILE* end_;
  std::string url_;
};

}  // namespace continuo::testing
