#include "libs/postgres/database.h"

#include <google/protobuf/message.h>

#include <random>
#include <thread>

#include "libs/postgres/failpoint.h"
#include "libs/postgres/faults.h"
#include "libs/postgres/pool.h"
#include "libs/postgres/session.h"
#include "libs/postgres/shown_once.h"
#include "libs/postgres/sql.h"
#include "libs/postgres/transaction_state.h"

namespace continuo::postgres {
namespace {

using Clock = std::chrono::steady_clock;

// How often one call is run again: after a lost race (the winner has finished, so it seldom takes
// more), and after a lost connection.
constexpr int kRacesMax = 5;
constexpr int kConnectionsMax = 3;

void PauseAfterRace(int race) {
  thread_local std::minstd_rand random(std::random_device{}());
  std::this_thread::sleep_for(std::chrono::milliseconds(random() % (4u << race)));
}

// Ends the transaction if nothing else has: an error, a Fault, or an exception of the use case.
class RollbackUnlessDone {
 public:
  explicit RollbackUnlessDone(Borrowed& connection) : connection_(connection) {}
  ~RollbackUnlessDone() {
    if (done || connection_->broken()) return;
    try {
      connection_->Execute("ROLLBACK");
    } catch (const std::exception&) {
      connection_.Discard();
    }
  }
  bool done = false;

 private:
  Borrowed& connection_;
};

using Hooks = std::vector<std::function<void()>>;

void RunHooks(const Hooks& hooks) {
  for (const auto& hook : hooks) hook();
}

enum class Outcome { kCommitted, kRolledBack, kUnknown };

// What became of a transaction whose COMMIT was sent and never answered. Its id says so for certain
// only to the same run of the server: after a crash an id that never reached the log is given
// again.
Outcome FindOutcome(Borrowed& connection, const std::string& transaction_id,
                    const std::string& server_run, Clock::time_point deadline) {
  try {
    connection.Renew(deadline);
    while (Clock::now() < deadline) {
      const Rows rows =
          connection->Execute("SELECT pg_xact_status('" + transaction_id + "'::xid8)");
      const std::string_view status = rows.front().OptionalText(0).value_or("");
      if (status == "aborted") return Outcome::kRolledBack;
      if (status != "in progress") {
        const bool certain = status == "committed" && connection->server_run() == server_run;
        return certain ? Outcome::kCommitted : Outcome::kUnknown;
      }
      // Its process has not noticed yet that we are gone.
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  } catch (const ConnectionLost&) {
    return Outcome::kUnknown;
  } catch (const StatementFailed&) {
    // "transaction ID is in the future": nothing of it survived the crash.
    return Outcome::kRolledBack;
  }
  return Outcome::kUnknown;
}

Failure KeyInFlight() {
  return Aborted(
      "IDEMPOTENCY_KEY_IN_FLIGHT",
      "The first request with this Idempotency-Key is still running. Repeat this one after "
      "retry_after seconds.",
      {{"retry_after", "1"}});
}

Failure KeyReused() {
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "IDEMPOTENCY_KEY_REUSED",
                       .message =
                           "This Idempotency-Key was used for another request. Use a new key "
                           "for a new request."});
}

Failure FailedStatementIgnored() {
  return Internal("A use case took a failed statement for a success; nothing was changed.");
}

// One idempotent call on its way: what must outlive its attempts.
struct CommandProgress {
  google::protobuf::Message* answer = nullptr;
  // For the key's lock: a transaction of ours that lost its connection may hold it still.
  bool wait = false;
  // Of an attempt whose COMMIT was sent and not answered: what it stored, and its hooks.
  std::optional<std::string> in_doubt;
  Hooks in_doubt_hooks;
};

}  // namespace

struct Database::Implementation {
  explicit Implementation(DatabaseConfig given)
      : config(std::move(given)),
        api(RoleConninfo(config, "api"), config.api_connections, config.connect_timeout,
            SetUpSession),
        worker(RoleConninfo(config, "worker"), config.worker_connections, config.connect_timeout,
               SetUpSession) {}

  Result<void> Once(Kind kind, const rpc::Call& call, const Body& body);
  Result<void> OnceCommand(const rpc::Call& call, CommandProgress& progress, const Body& body);
  Result<void> Repeat(const rpc::Call& call, const StoredAnswer& stored, CommandProgress& progress);
  Result<void> Retrying(Pool& pool, const rpc::Call& call,
                        const std::function<Result<void>()>& attempt);

  const DatabaseConfig config;
  Pool api;
  Pool worker;
  CommandHook hook;
  WorkHook work_hook;
};

// An attempt that threw changed nothing, or knows that its outcome is in doubt when it is run
// again.
Result<void> Database::Implementation::Retrying(Pool& pool, const rpc::Call& call,
                                                const std::function<Result<void>()>& attempt) {
  int races = 0;
  int connections = 0;
  for (;;) {
    try {
      return attempt();
    } catch (const SerializationFailure&) {
      if (++races == kRacesMax) return Contended();
      PauseAfterRace(races);
    } catch (const ConnectionLost&) {
      // The idle connections went the same way, most likely.
      pool.Suspect();
      if (++connections == kConnectionsMax) return ServerUnavailable();
    } catch (const StatementTimeout&) {
      return DeadlineExceeded();
    } catch (const LockTimeout&) {
      return Contended();
    } catch (const ConstraintViolation& violation) {
      return FaultOf(violation);
    }
    if (Clock::now() >= call.deadline) return DeadlineExceeded();
  }
}

Result<void> Database::Implementation::Once(Kind kind, const rpc::Call& call, const Body& body) {
  Borrowed connection = (kind == Kind::kWork ? worker : api).Borrow(call.deadline);
  TransactionState state(*connection, config, call);
  RollbackUnlessDone rollback(connection);
  Begin(*connection, config, call, kind == Kind::kRead, &state.now);
  Transaction tx(state);
  state.notes_changes = kind == Kind::kWork && work_hook;
  RETURN_IF_FAULT(body(tx));
  state.notes_changes = false;
  std::erase_if(state.changes, [](const Change& change) {
    return change.rows.empty() && change.facts.empty();
  });
  if (!state.failed && !state.changes.empty()) work_hook(tx, state.changes);
  if (state.failed) return FailedStatementIgnored();
  std::string transaction_id;
  if (kind != Kind::kRead) {
    const Rows rows = connection->Execute("SELECT pg_current_xact_id_if_assigned()::text");
    transaction_id = rows.front().OptionalText(0).value_or("");
  }
  const std::string server_run = connection->server_run();
  try {
    connection->Execute("COMMIT");
  } catch (const ConnectionLost&) {
    // A transaction that wrote nothing has nothing to be in doubt about.
    if (!transaction_id.empty()) {
      const Outcome outcome = FindOutcome(connection, transaction_id, server_run, call.deadline);
      if (outcome == Outcome::kUnknown) return OutcomeUnknown();
      if (outcome == Outcome::kRolledBack) throw;
    }
  }
  rollback.done = true;
  RunHooks(state.on_commit);
  return {};
}

// The key has an answer: our own, of an attempt in doubt, or an earlier call's.
Result<void> Database::Implementation::Repeat(const rpc::Call& call, const StoredAnswer& stored,
                                              CommandProgress& progress) {
  if (progress.in_doubt == stored.answer) {
    progress.in_doubt.reset();
    RunHooks(progress.in_doubt_hooks);
    return {};
  }
  progress.in_doubt.reset();
  if (stored.fingerprint != call.fingerprint) return KeyReused();
  if (!progress.answer->ParseFromString(stored.answer)) {
    return Internal("A stored answer cannot be read.");
  }
  call.notes->replayed = true;
  return {};
}

Result<void> Database::Implementation::OnceCommand(const rpc::Call& call, CommandProgress& progress,
                                                   const Body& body) {
  Borrowed connection = api.Borrow(call.deadline);
  TransactionState state(*connection, config, call);
  RollbackUnlessDone rollback(connection);
  const StoredAnswer stored = BeginCommand(*connection, config, call, progress.wait, &state.now);
  if (stored.busy) return KeyInFlight();
  if (stored.found) return Repeat(call, stored, progress);
  progress.in_doubt.reset();  // we have the lock and see no row: it was rolled back
  Transaction tx(state);
  RETURN_IF_FAULT(body(tx));
  if (state.failed) return FailedStatementIgnored();
  std::string answer = AnswerToStore(*progress.answer);
  Failpoint("command.before_commit");
  try {
    StoreAnswerAndCommit(*connection, call, answer);
    Failpoint("command.after_commit");
  } catch (const ConnectionLost&) {
    progress.in_doubt = std::move(answer);
    progress.in_doubt_hooks = std::move(state.on_commit);
    throw;
  }
  rollback.done = true;
  RunHooks(state.on_commit);
  return {};
}

Database::Database(DatabaseConfig config)
    : implementation_(std::make_unique<Implementation>(std::move(config))) {}
Database::~Database() = default;

void Database::OnCommand(CommandHook hook) { implementation_->hook = std::move(hook); }
void Database::OnWork(WorkHook hook) { implementation_->work_hook = std::move(hook); }

const std::string& Database::service() const { return implementation_->config.service; }

bool Database::Ready() {
  try {
    Borrowed connection = implementation_->api.Borrow(Clock::now() + std::chrono::seconds(2));
    connection->Execute("SELECT 1");
    return true;
  } catch (const std::runtime_error&) {
    implementation_->api.Suspect();
    return false;
  }
}

Result<void> Database::RunTransaction(Kind kind, const rpc::Call& call, const Body& body) {
  Implementation& self = *implementation_;
  Pool& pool = kind == Kind::kWork ? self.worker : self.api;
  return self.Retrying(pool, call, [&] { return self.Once(kind, call, body); });
}

Result<void> Database::RunCommand(const rpc::Call& call, google::protobuf::Message* answer,
                                  const Body& body) {
  Implementation& self = *implementation_;
  const Body audited = [&](Transaction& tx) -> Result<void> {
    RETURN_IF_FAULT(body(tx));
    if (self.hook) self.hook(tx, tx.audit_before(), *answer);
    return {};
  };
  if (call.idempotency_key.empty()) return RunTransaction(Kind::kWrite, call, audited);
  CommandProgress progress{.answer = answer};
  const Result<void> outcome = self.Retrying(self.api, call, [&]() -> Result<void> {
    try {
      return self.OnceCommand(call, progress, audited);
    } catch (const ConnectionLost&) {
      progress.wait = true;
      throw;
    }
  });
  if (!outcome && progress.in_doubt) return OutcomeUnknown();
  return outcome;
}

size_t ForgetIdempotencyKeys(Transaction& tx, int limit) {
  return tx.Run(sql::forget_idempotency_keys, limit).affected();
}

}  // namespace continuo::postgres
