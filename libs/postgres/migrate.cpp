#include "libs/postgres/migrate.h"

#include <openssl/sha.h>

#include <set>

#include "libs/postgres/connection.h"
#include "libs/postgres/sql.h"

namespace continuo::postgres {
namespace {

std::string Checksum(std::string_view text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  const std::string_view bytes(reinterpret_cast<const char*>(digest), sizeof digest);
  return Parameter(Bytes{bytes}).text()->substr(2);
}

// A service's name becomes part of identifiers: letters, digits and underscores need no quotes.
void CheckServiceName(const std::string& service) {
  for (const char c : service) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
      throw MigrationFailed("'" + service + "' is no name for a schema: use a-z, 0-9 and _.");
    }
  }
}

std::string Role(const MigrateConfig& config, std::string_view role) {
  return "continuo_" + config.service + "_" + std::string(role);
}

// Roles belong to the whole server: another database's migration may make the same one meanwhile.
void EnsureRole(Connection& connection, const MigrateConfig& config, const std::string& role) {
  const std::string name = connection.Quote(role);
  if (!connection.Execute("SELECT FROM pg_roles WHERE rolname = " + name).empty()) return;
  std::string text = "CREATE ROLE " + role + " LOGIN NOINHERIT";
  if (!config.password.empty()) text += " PASSWORD " + connection.Quote(config.password);
  try {
    connection.Execute(text);
  } catch (const UniqueViolation&) {
  } catch (const StatementFailed& error) {
    constexpr std::string_view kDuplicateObject = "42710";
    if (error.sqlstate() != kDuplicateObject) throw;
  }
}

// Only a superuser may grant BYPASSRLS. Where the administrator is none, the worker becomes a
// member of the owner, which row-level security does not bind either.
void EnsureWorkerBypasses(Connection& connection, const MigrateConfig& config) {
  const std::string worker = Role(config, "worker");
  const std::string name = connection.Quote(worker);
  const Rows rows =
      connection.Execute("SELECT rolbypassrls OR pg_has_role(" + name + ", " +
                         connection.Quote(Role(config, "owner")) +
                         ", 'member') AS bypasses FROM pg_roles WHERE rolname = " + name);
  if (rows.front().Bool("bypasses")) return;
  try {
    connection.Execute("ALTER ROLE " + worker + " BYPASSRLS");
  } catch (const StatementFailed& error) {
    constexpr std::string_view kConcurrentlyUpdated = "XX000";
    if (error.sqlstate() == kConcurrentlyUpdated) return EnsureWorkerBypasses(connection, config);
    connection.Execute("GRANT " + Role(config, "owner") + " TO " + worker);
    connection.Execute("ALTER ROLE " + worker + " INHERIT");
  }
}

void EnsureSchema(Connection& connection, const MigrateConfig& config) {
  const std::string owner = Role(config, "owner");
  const std::string users = Role(config, "api") + ", " + Role(config, "worker");
  const std::string& schema = config.service;
  // An administrator who is no superuser may act for a role only as its member.
  if (!connection.Execute("SELECT pg_has_role(" + connection.Quote(owner) + ", 'member') AS member")
           .front()
           .Bool("member")) {
    connection.Execute("GRANT " + owner + " TO CURRENT_USER");
  }
  const std::string for_owner =
      "ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + " IN SCHEMA " + schema;
  connection.Execute("BEGIN; CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + owner +
                     "; GRANT USAGE ON SCHEMA " + schema + " TO " + users + "; " + for_owner +
                     " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + users + "; " +
                     for_owner + " GRANT USAGE, SELECT ON SEQUENCES TO " + users +
                     "; SET LOCAL ROLE " + owner + "; CREATE TABLE IF NOT EXISTS " + schema +
                     ".schema_migration (title text PRIMARY KEY, checksum text NOT NULL,"
                     " applied_at timestamptz NOT NULL DEFAULT now()); COMMIT");
}

std::string AppliedChecksum(Connection& connection, const std::string& title) {
  const Rows rows = connection.Execute("SELECT checksum FROM schema_migration WHERE title = " +
                                       connection.Quote(title));
  return rows.empty() ? "" : std::string(rows.front().Text(0));
}

// A transaction of its own, as the owner; the record of it is part of it.
void Apply(Connection& connection, const MigrateConfig& config, const Migration& migration,
           const std::string& checksum) {
  const std::string title(migration.title);
  const std::string where = config.service + "'s migration " + title;
  try {
    connection.Execute("BEGIN; SET LOCAL ROLE " + Role(config, "owner"));
    connection.Execute(std::string(migration.text));
    connection.Execute("INSERT INTO schema_migration (title, checksum) VALUES (" +
                       connection.Quote(title) + ", '" + checksum + "')");
    connection.Execute("COMMIT");
  } catch (const LockTimeout&) {
    throw MigrationFailed(where +
                          " waited too long for a lock that others hold. Nothing was changed; "
                          "start again, at a quieter time if this repeats.");
  } catch (const ConnectionLost&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw MigrationFailed(where + " was refused and undone: " + error.what());
  }
}

void ApplyAll(Connection& connection, const MigrateConfig& config,
              const std::vector<std::span<const Migration>>& sets, MigrateReport* report) {
  std::set<std::string_view> titles;
  for (const std::span<const Migration> set : sets) {
    for (const Migration& migration : set) {
      const std::string title(migration.title);
      if (!titles.insert(migration.title).second) {
        throw MigrationFailed(config.service + " has two migrations named " + title + ".");
      }
      const std::string checksum = Checksum(migration.text);
      const std::string applied = AppliedChecksum(connection, title);
      if (applied == checksum) continue;
      if (!applied.empty()) {
        throw MigrationFailed(
            config.service + "'s migration " + title +
            " was changed after it had been applied. Restore its text, and put the "
            "change into a new migration.");
      }
      Apply(connection, config, migration, checksum);
      report->applied.push_back(title);
    }
  }
}

}  // namespace

MigrateReport Migrate(const MigrateConfig& config,
                      std::initializer_list<std::span<const Migration>> sets) {
  CheckServiceName(config.service);
  MigrateReport report;
  try {
    Connection connection(WithSettings(
        config.admin_url,
        {{"application_name", "continuo-migrate"},
         {"options", "-c client_min_messages=error -c search_path=" + config.service}}));
    // A lock of the session: it is let go when the connection closes, however this ends.
    connection.Execute("SELECT pg_advisory_lock(hashtextextended('continuo migrate " +
                       config.service + "', 0))");
    connection.Execute("SET lock_timeout = " + std::to_string(config.lock_timeout.count()));
    for (const char* role : {"owner", "api", "worker"}) {
      EnsureRole(connection, config, Role(config, role));
    }
    EnsureWorkerBypasses(connection, config);
    EnsureSchema(connection, config);
    std::vector<std::span<const Migration>> all{sql::migrations()};
    all.insert(all.end(), sets.begin(), sets.end());
    ApplyAll(connection, config, all, &report);
  } catch (const ConnectionLost& error) {
    throw MigrationFailed("The database of " + config.service +
                          " cannot be reached for its migration: " + error.what());
  } catch (const MigrationFailed&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw MigrationFailed("The schema of " + config.service + " cannot be set up: " + error.what());
  }
  return report;
}

}  // namespace continuo::postgres
