// What a Transaction works on while Database runs it. For this library's .cpp files only.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "libs/postgres/connection.h"
#include "libs/postgres/database.h"

namespace google::protobuf {
class Message;
}

namespace continuo::postgres {

struct TransactionState {
  TransactionState(Connection& connection, const DatabaseConfig& config, const rpc::Call& call);
  ~TransactionState();

  Connection& connection;
  const DatabaseConfig& config;
  const rpc::Call& call;
  calendar::Instant now;
  // A statement has failed: until a savepoint is gone back to, Postgres refuses every other one,
  // and a COMMIT would silently roll back.
  bool failed = false;
  int savepoints = 0;
  std::vector<std::function<void()>> on_commit;
  std::unique_ptr<google::protobuf::Message> audit_before;
  bool notes_changes = false;  // a transaction of Work, and somebody wants to know
  std::vector<Change> changes;

  // The entry of the work that the call is doing now; null where none is kept.
  Change* CurrentChange();
};

}  // namespace continuo::postgres
