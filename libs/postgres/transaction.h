// One database transaction, as a use case sees it. Database makes it, commits it when the use case
// returns a value and rolls it back when it returns a Fault or throws.
//
//   Result<Quote> Approve(Transaction& tx, const ApproveRequest& request) {
//     const Rows found = tx.Run(sql::lock_quote, IdOrNull("quo", request.id()));
//     if (found.empty()) return NotFound("quote", request.id());
//     ASSIGN_OR_RETURN(auto decision, domain::Approve(..., tx.Today(zone)));
//     tx.Run(sql::update_quote_status, ...);
//     tx.OnCommit([] { ring the relay's bell; });
//   }
//
// It gives no access to the connection, takes no SQL text except from lists, and is used by one
// thread. A use case may be run more than once (see database.h): effects outside the transaction
// belong in OnCommit.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/calendar/zone.h"
#include "libs/postgres/errors.h"
#include "libs/postgres/parameter.h"
#include "libs/postgres/rows.h"
#include "libs/postgres/statement.h"
#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace google::protobuf {
class Message;
}

namespace continuo::postgres {

// What a job has changed in a transaction, or a consumer for one event.
struct Change {
  static constexpr std::size_t kNamedMax = 20;  // of ids; the counts speak of all

  std::string work;           // "job.release_due_lines"
  std::string request_id;
  std::string handled_event;  // "evt_..."; empty for a job
  std::string subject;        // what the work says it is about: of a consumer, the event's subject
  std::map<std::string, int64_t> rows;  // by statement: how many it changed or answered
  std::map<std::string, int64_t> facts;  // by the events' type
  std::set<std::string> fact_subjects;
};

struct Lease;
struct TransactionState;  // transaction_state.h, for this library's .cpp files only

// Takes the rows of one COPY.
class CopyWriter {
 public:
  virtual ~CopyWriter() = default;
  virtual void Add(std::span<const Parameter> values) = 0;
  template <class... Values>
  void Row(const Values&... values) {
    const std::array<Parameter, sizeof...(Values)> list{Parameter(values)...};
    Add(list);
  }
};

class Transaction {
 public:
  explicit Transaction(TransactionState& state) : state_(state) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  template <class... Values>
  Rows Run(const Statement& statement, const Values&... values) {
    const std::array<Parameter, sizeof...(Values)> parameters{Parameter(values)...};
    return RunWith(statement, parameters);
  }
  Rows RunWith(const Statement& statement, std::span<const Parameter> parameters);
  // A statement whose text depends on the request (lists). Prepared too, under its text, so the
  // number of different texts must be bounded; values always go as parameters.
  Rows RunDynamic(const std::string& text, std::span<const Parameter> parameters);
  // Loads rows by COPY: tx.Copy("line", {"id", "net_minor"}, [&](CopyWriter& w) { w.Row(id, 5); })
  void Copy(std::string_view table, const std::vector<std::string>& columns,
            const std::function<void(CopyWriter&)>& write);

  // Runs `fn`, a callable that returns a Result, within a savepoint: when it returns a Fault or
  // violates a constraint, what it did is undone and the transaction goes on. For bulk work that
  // sets a bad item aside.
  template <class Fn>
  auto Nested(Fn fn) -> decltype(fn()) {
    decltype(fn()) result = Failure(Fault{});
    const Result<void> outcome = RunNested([&]() -> Result<void> {
      result = fn();
      if (!result) return Failure(result.error());
      return {};
    });
    if (!outcome) return Failure(outcome.error());
    return result;
  }

  // The business clock: the test clock in sandbox mode, else the database's wall clock as of the
  // transaction's start. Constant within the transaction.
  calendar::Instant now() const;
  // The business clock's day in a zone: tx.Today(division.zone).
  calendar::Date Today(const calendar::Zone& zone) const;
  const rpc::Call& call() const;
  const std::string& service() const;

  // Runs after the commit has succeeded, in order; never when it was rolled back or is a replay.
  // Must not throw.
  void OnCommit(std::function<void()> fn);
  // What the audit entry shows as the state before the change. Copies the message.
  void AuditBefore(const google::protobuf::Message& before);
  const google::protobuf::Message* audit_before() const;  // null: none was given
  // What the audit entry of a job's work is about, where its events do not say: the run of a slice.
  void AuditSubject(const std::string& id);
  // A fact was appended (libs/events), for the audit entry of a job's or a consumer's work.
  void NoteFact(const std::string& type, const std::string& subject);
  // Fails with LEASE_LOST unless the lease is still held at its epoch; keeps successors waiting
  // until this transaction ends.
  Result<void> RequireLease(const Lease& lease);

 private:
  Result<void> RunNested(const std::function<Result<void>()>& fn);

  TransactionState& state_;
};

}  // namespace continuo::postgres
