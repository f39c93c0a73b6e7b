#include "libs/testing/database.h"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "libs/postgres/connection.h"

namespace continuo::testing {
namespace {

namespace fs = std::filesystem;

// Runs a shell command; what it printed, should it fail, becomes the exception.
void RunShell(const std::string& command) {
  const fs::path output =
      fs::temp_directory_path() / ("continuo-shell-" + std::to_string(getpid()));
  const int status = std::system(("(" + command + ") >" + output.string() + " 2>&1").c_str());
  std::ifstream file(output);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  fs::remove(output);
  if (status != 0) throw std::runtime_error(command + " failed:\n" + text);
}

// The newest installed server: Debian keeps each version in a folder of its own.
std::string ServerPrograms() {
  std::string newest;
  int newest_version = 0;
  const fs::path root = "/usr/lib/postgresql";
  if (!fs::exists(root))
    throw std::runtime_error("Tests need a Postgres server (apt: postgresql).");
  for (const auto& entry : fs::directory_iterator(root)) {
    const int version = std::atoi(entry.path().filename().c_str());
    if (version <= newest_version || !fs::exists(entry.path() / "bin/initdb")) continue;
    newest_version = version;
    newest = (entry.path() / "bin").string();
  }
  if (newest.empty()) throw std::runtime_error("Tests need a Postgres server (apt: postgresql).");
  return newest;
}

// Postgres refuses to run as root.
std::string AsOrdinaryUser() {
  return geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : "";
}

std::string PgCtl(const std::string& directory, const std::string& arguments) {
  return "cd / && " + AsOrdinaryUser() + ServerPrograms() + "/pg_ctl -s -w -D " + directory +
         "/data -l " + directory + "/log " + arguments;
}

std::string MakeServer() {
  std::string pattern = (fs::temp_directory_path() / "continuo-postgres-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  const std::string& directory = pattern;
  if (geteuid() == 0) RunShell("chown postgres:postgres " + directory);
  const std::string run = "cd / && " + AsOrdinaryUser();
  RunShell(run + ServerPrograms() + "/initdb -D " + directory +
           "/data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions");
  std::ofstream(directory + "/data/postgresql.conf", std::ios::app)
      << "listen_addresses = ''\nunix_socket_directories = '" << directory << "'\n"
      << "fsync = off\nfull_page_writes = off\nmax_connections = 200\nshared_buffers = 64MB\n"
      << "jit = off\nmax_wal_size = 4GB\nautovacuum = on\n";
  RunShell(PgCtl(directory, "start"));
  return directory;
}

// Stops and removes the server when this program ends, however it ends: a shell waits for the end
// of a pipe whose other end only this program has.
FILE* RemoveAtEnd(const std::string& directory) {
  const std::string command = "trap '' INT TERM HUP; cat >/dev/null; " +
                              PgCtl(directory, "stop -m immediate >/dev/null 2>&1") + "; rm -rf " +
                              directory;
  FILE* const pipe = popen(command.c_str(), "we");
  if (pipe == nullptr) throw std::runtime_error("no pipe to the shell that ends the server");
  return pipe;
}

std::string UrlOf(const std::string& directory) { return "host=" + directory + " user=postgres"; }

// This program's server, made on first use. Child processes of a test share it and must not stop
// it.
struct SharedServer {
  SharedServer() {
    if (const char* given = std::getenv("CONTINUO_TEST_POSTGRES"); given != nullptr && *given) {
      url = given;
      return;
    }
    const std::string directory = MakeServer();
    end = RemoveAtEnd(directory);
    owner = getpid();
    url = UrlOf(directory);
  }
  ~SharedServer() {
    if (end != nullptr && owner == getpid()) pclose(end);
  }
  std::string url;
  FILE* end = nullptr;
  pid_t owner = 0;
};

const std::string& SharedServerUrl() {
  static const SharedServer server;
  return server.url;
}

}  // namespace

TestDatabase::TestDatabase() {
  static std::atomic<int> count{0};
  name_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
  const std::string server = SharedServerUrl();
  postgres::Connection(postgres::WithSettings(server, {{"dbname", "postgres"}}))
      .Execute("CREATE DATABASE " + name_ + " TEMPLATE template0");
  url_ = postgres::WithSettings(server, {{"dbname", name_}});
  admin_url_ = url_;
}

TestDatabase::~TestDatabase() {
  try {
    postgres::Connection(postgres::WithSettings(SharedServerUrl(), {{"dbname", "postgres"}}))
        .Execute("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (const std::exception&) {
    // The server goes as a whole at the end.
  }
}

postgres::DatabaseConfig TestDatabase::Config(std::string_view service) const {
  return {.service = std::string(service), .url = url_};
}

void TestDatabase::Migrate(std::string_view service,
                           std::initializer_list<std::span<const postgres::Migration>> sets) const {
  postgres::Migrate({.admin_url = admin_url_, .service = std::string(service)}, sets);
}

void TestDatabase::SetClock(std::string_view service, std::string_view instant) const {
  const std::string table = std::string(service) + ".business_clock";
  if (instant.empty()) {
    Execute("DELETE FROM " + table);
    return;
  }
  Execute("INSERT INTO " + table + " (at) VALUES ('" + std::string(instant) +
          "') ON CONFLICT (only_row) DO UPDATE SET at = excluded.at");
}

std::string TestDatabase::Execute(const std::string& sql) const {
  postgres::Connection connection(admin_url_);
  const postgres::Rows rows = connection.Execute(sql);
  if (rows.empty()) return "";
  return std::string(rows.front().OptionalText(0).value_or(""));
}

TestServer::TestServer()
    : directory_(MakeServer()), end_(RemoveAtEnd(directory_)), url_(UrlOf(directory_)) {}

TestServer::~TestServer() { pclose(end_); }

void TestServer::RestartImmediately() { RunShell(PgCtl(directory_, "restart -m immediate")); }

}  // namespace continuo::testing
