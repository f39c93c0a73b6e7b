// How a connection is set up and a transaction begun on it, as few round trips as can be. For this
// library's .cpp files only.
#pragma once

#include <string>

#include "libs/postgres/connection.h"
#include "libs/postgres/database.h"

namespace continuo::postgres {

// Who a call is to the idempotency table: the user, not the key that signed.
std::string CallerName(const rpc::Principal& principal);

// Connection string of the service's role "api" or "worker", with the session's settings.
std::string RoleConninfo(const DatabaseConfig& config, const std::string& role);

// Prepares the statements that begin transactions; the service's schema must have been migrated.
void SetUpSession(Connection& connection);

// BEGIN, the caller's access, the deadline, and the business clock, in one round trip.
void Begin(Connection& connection, const DatabaseConfig& config, const rpc::Call& call,
           bool read_only, calendar::Instant* now);

// The same for a command, and the stored answer of its idempotency key.
struct StoredAnswer {
  bool busy = false;  // another transaction holds the key's lock
  bool found = false;
  std::string fingerprint;
  std::string answer;
};
// With `wait`, waits for the key's lock (at most lock_timeout) rather than find it busy.
StoredAnswer BeginCommand(Connection& connection, const DatabaseConfig& config,
                          const rpc::Call& call, bool wait, calendar::Instant* now);

// Stores the answer and commits, in one round trip.
void StoreAnswerAndCommit(Connection& connection, const rpc::Call& call, std::string_view answer);

}  // namespace continuo::postgres
