// Brings one service's schema to this release: roles, schema, grants, then each migration that has
// not been applied, each in a transaction of its own.
//
//   MigrateReport report = Migrate({.admin_url = url, .service = "billing"},
//                                  {events::sql::migrations(), billing::sql::migrations()});
//
// Any number of processes may do this at once: a lock lets one work and the others find it done.
// The tables that every service has (idempotency_key, lease, business_clock) come first by
// themselves. It never goes back and never edits: an applied migration whose text has changed is an
// error that says so. A change that would wait for a lock for more than lock_timeout fails, and
// is tried again, rather than stopping the world.
#pragma once

#include <chrono>
#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "libs/postgres/statement.h"

namespace continuo::postgres {

struct MigrateConfig {
  // A role that may create roles and schemas in this database.
  std::string admin_url;
  std::string service;
  // Given to the three roles when they are made; empty: none.
  std::string password;
  std::chrono::milliseconds lock_timeout{5'000};
};

struct MigrateReport {
  std::vector<std::string> applied;  // titles, in order; empty when all was done before
};

// A sentence for the operator: what could not be done and what to do.
struct MigrationFailed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

MigrateReport Migrate(const MigrateConfig& config,
                      std::initializer_list<std::span<const Migration>> sets);

}  // namespace continuo::postgres
