// One service's database: its schema, its three roles, and the only way to run a transaction.
//
//   Database database({.service = "quoting", .url = "host=/run/postgresql dbname=continuo"});
//   Result<Quote> quote = database.Read(call, [&](Transaction& tx) { return LoadQuote(tx, id); });
//   Result<Quote> made = database.Command<Quote>(call, [&](Transaction& tx) { return Create(tx);
//   });
//
// Read     api role, read only, row-level security of the caller.
// Command  api role, with the call's idempotency key: the first answer is stored in the same
//          transaction, a repeat gets it again. Without a key it just runs.
// Write    api role, no key: for methods whose request names its own (NATURAL).
// Work     worker role: jobs, event consumers, COPY.
//
// The callable takes Transaction& and returns a Result<X>; a Fault rolls back. It may be run again,
// in a new transaction, after a serialization failure, a deadlock, a connection that broke before
// COMMIT was sent, or a COMMIT that is proven not to have happened; always within the call's
// deadline, which is also the statement timeout. A COMMIT whose answer is lost is never repeated
// blindly: Command finds out from the key's row, under the key's lock; Write and Work from
// pg_xact_status. What cannot be found out is UNAVAILABLE, which tells the caller to repeat.
//
// Every call blocks: call from a bounded pool of threads, never from gRPC's callbacks.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "libs/postgres/transaction.h"

namespace continuo::postgres {

struct DatabaseConfig {
  std::string service;  // schema, and the middle of the roles' names: continuo_<service>_api
  // libpq connection string or URI, without user, password and options.
  std::string url;
  // Of the api and worker roles; empty where the server needs none (peer, trust, certificate).
  std::string password;
  int api_connections = 8;  // at most this many at once; further callers wait
  int worker_connections = 4;
  std::chrono::milliseconds statement_timeout{30'000};  // and never past the call's deadline
  std::chrono::milliseconds lock_timeout{5'000};
  std::chrono::milliseconds connect_timeout{5'000};
  // Called after each statement with the time it took, for metrics. Must not throw.
  std::function<void(const Statement&, std::chrono::nanoseconds)> on_statement;
};

// Runs inside each Command's transaction, just before its answer is stored: the audit entry.
// `before` is what the use case gave to AuditBefore, or null.
using CommandHook = std::function<void(Transaction&, const google::protobuf::Message* before,
                                       const google::protobuf::Message& after)>;

// Runs at the end of each transaction of Work in which a job or a consumer has changed something: its
// audit entries.
using WorkHook = std::function<void(Transaction&, const std::vector<Change>&)>;

class Database {
 public:
  explicit Database(DatabaseConfig config);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Set before the first Command, and the first Work.
  void OnCommand(CommandHook hook);
  void OnWork(WorkHook hook);

  template <class Fn>
  auto Read(const rpc::Call& call, Fn fn) -> std::invoke_result_t<Fn&, Transaction&> {
    return Typed(Kind::kRead, call, fn);
  }
  template <class Fn>
  auto Write(const rpc::Call& call, Fn fn) -> std::invoke_result_t<Fn&, Transaction&> {
    return Typed(Kind::kWrite, call, fn);
  }
  template <class Fn>
  auto Work(const rpc::Call& call, Fn fn) -> std::invoke_result_t<Fn&, Transaction&> {
    return Typed(Kind::kWork, call, fn);
  }
  // T is the answer's protobuf type; `fn` returns Result<T>. When the answer is a stored one,
  // call.notes->replayed is set.
  template <class T, class Fn>
  Result<T> Command(const rpc::Call& call, Fn fn) {
    T answer;
    const Result<void> outcome = RunCommand(call, &answer, [&](Transaction& tx) -> Result<void> {
      Result<T> made = fn(tx);
      if (!made) return Failure(std::move(made).error());
      answer = *std::move(made);
      return {};
    });
    if (!outcome) return Failure(outcome.error());
    return answer;
  }

  // Whether a connection can be had and answers: for /readyz.
  bool Ready();
  const std::string& service() const;

 private:
  enum class Kind { kRead, kWrite, kWork };
  using Body = std::function<Result<void>(Transaction&)>;

  template <class Fn>
  auto Typed(Kind kind, const rpc::Call& call, Fn& fn) -> std::invoke_result_t<Fn&, Transaction&> {
    std::invoke_result_t<Fn&, Transaction&> result = Failure(Fault{});
    const Result<void> outcome = RunTransaction(kind, call, [&](Transaction& tx) -> Result<void> {
      result = fn(tx);
      if (!result) return Failure(result.error());
      return {};
    });
    if (!outcome) return Failure(outcome.error());
    return result;
  }
  Result<void> RunTransaction(Kind kind, const rpc::Call& call, const Body& body);
  Result<void> RunCommand(const rpc::Call& call, google::protobuf::Message* answer,
                          const Body& body);

  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

// Deletes idempotency rows older than 72 h, at most `limit`; the number deleted. For a job.
size_t ForgetIdempotencyKeys(Transaction& tx, int limit = 5'000);

}  // namespace continuo::postgres
