#include "libs/postgres/transaction.h"

#include <google/protobuf/message.h>

#include "libs/postgres/faults.h"
#include "libs/postgres/lease.h"
#include "libs/postgres/sql.h"
#include "libs/postgres/transaction_state.h"

namespace continuo::postgres {
namespace {

// Runs what goes to the server, and remembers when it fails.
template <class Fn>
auto Watched(TransactionState& state, Fn fn) {
  if (std::chrono::steady_clock::now() >= state.call.deadline) {
    throw StatementTimeout("the call's deadline has passed");
  }
  try {
    return fn();
  } catch (...) {
    state.failed = true;
    throw;
  }
}

}  // namespace

TransactionState::TransactionState(Connection& connection, const DatabaseConfig& config,
                                   const rpc::Call& call)
    : connection(connection), config(config), call(call) {}
TransactionState::~TransactionState() = default;

// A consumer's batch handles one event after the other.
Change* TransactionState::CurrentChange() {
  const rpc::OwnWork& work = call.work;
  if (!notes_changes || work.name.empty()) return nullptr;
  if (changes.empty() || changes.back().work != work.name ||
      changes.back().request_id != call.request_id ||
      changes.back().handled_event != call.causation) {
    changes.push_back({.work = work.name,
                       .request_id = call.request_id,
                       .handled_event = call.causation,
                       .subject = work.subject});
  }
  return &changes.back();
}

namespace {

// Of the service's own tables: those of the libs (positions, leases, the log) are no one's business.
void NoteRows(TransactionState& state, const Statement& statement, const Rows& rows) {
  if (!statement.changes || rows.affected() == 0) return;
  if (state.call.work.keeps_own_record || statement.service != state.config.service) return;
  Change* change = state.CurrentChange();
  if (change == nullptr) return;
  change->rows[std::string(statement.name)] += static_cast<int64_t>(rows.affected());
}

}  // namespace

Rows Transaction::RunWith(const Statement& statement, std::span<const Parameter> parameters) {
  Rows rows = Watched(state_, [&] {
    std::string key(statement.service);
    key.append(1, '.').append(statement.name);
    if (!state_.config.on_statement) {
      return state_.connection.ExecutePrepared(key, statement.text, parameters);
    }
    const auto start = std::chrono::steady_clock::now();
    Rows rows = state_.connection.ExecutePrepared(key, statement.text, parameters);
    state_.config.on_statement(statement, std::chrono::steady_clock::now() - start);
    return rows;
  });
  NoteRows(state_, statement, rows);
  return rows;
}

Rows Transaction::RunDynamic(const std::string& text, std::span<const Parameter> parameters) {
  return Watched(state_, [&] { return state_.connection.ExecutePrepared(text, text, parameters); });
}

void Transaction::Copy(std::string_view table, const std::vector<std::string>& columns,
                       const std::function<void(CopyWriter&)>& write) {
  Watched(state_, [&] { state_.connection.Copy(table, columns, write); });
}

Result<void> Transaction::RunNested(const std::function<Result<void>()>& fn) {
  const std::string savepoint = "nested" + std::to_string(++state_.savepoints);
  const size_t hooks = state_.on_commit.size();
  std::vector<Change> changes = state_.changes;
  Watched(state_, [&] { state_.connection.Execute("SAVEPOINT " + savepoint); });
  Result<void> outcome;
  try {
    outcome = fn();
    if (outcome && state_.failed) outcome = Internal("A failed statement was taken for a success.");
  } catch (const ConstraintViolation& violation) {
    outcome = FaultOf(violation);
  }
  if (outcome) {
    Watched(state_, [&] { state_.connection.Execute("RELEASE " + savepoint); });
    return outcome;
  }
  state_.connection.Execute("ROLLBACK TO " + savepoint + "; RELEASE " + savepoint);
  state_.failed = false;
  state_.on_commit.resize(hooks);
  state_.changes = std::move(changes);
  return outcome;
}

calendar::Instant Transaction::now() const { return state_.now; }
calendar::Date Transaction::Today(const calendar::Zone& zone) const {
  return calendar::LocalDate(state_.now, zone);
}
const rpc::Call& Transaction::call() const { return state_.call; }
const std::string& Transaction::service() const { return state_.config.service; }

void Transaction::OnCommit(std::function<void()> fn) { state_.on_commit.push_back(std::move(fn)); }

void Transaction::AuditBefore(const google::protobuf::Message& before) {
  state_.audit_before.reset(before.New());
  state_.audit_before->CopyFrom(before);
}

const google::protobuf::Message* Transaction::audit_before() const {
  return state_.audit_before.get();
}

void Transaction::AuditSubject(const std::string& id) {
  Change* change = state_.CurrentChange();
  if (change != nullptr) change->subject = id;
}

void Transaction::NoteFact(const std::string& type, const std::string& subject) {
  Change* change = state_.CurrentChange();
  if (change == nullptr) return;
  ++change->facts[type];
  if (change->fact_subjects.size() < Change::kNamedMax) change->fact_subjects.insert(subject);
}

Result<void> Transaction::RequireLease(const Lease& lease) {
  if (!Run(sql::require_lease, lease.name, lease.holder, lease.epoch).empty()) return {};
  return Aborted("LEASE_LOST", "The lease " + lease.name + " is held by another process now.",
                 {{"lease", lease.name}});
}

}  // namespace continuo::postgres
