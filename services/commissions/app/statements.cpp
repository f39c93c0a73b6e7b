#include "services/commissions/app/statements.h"

#include "continuo/commissions/v1/commission_statement.pb.h"
#include "continuo/commissions/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/commissions/app/amounts.h"
#include "services/commissions/domain/statement.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using domain::StatementStatus;
using postgres::IdOrNull;
using postgres::Parameter;
using postgres::Transaction;

Result<v1::CommissionStatement> Load(Transaction& tx, const std::string& id,
                                     const Parameter& as_known_at) {
  const postgres::Rows found =
      tx.Run(sql::select_commission_statement, IdOrNull("stmt", id), as_known_at);
  if (found.empty()) return NotFound("commission_statement", id);
  v1::CommissionStatement statement;
  postgres::Fill(found.front(), &statement);
  return statement;
}

struct Locked {
  domain::Statement rules;
  Parameter participant_id;
  std::string currency;
};

// Keeps the statement's state for the audit entry.
Result<Locked> Lock(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::lock_commission_statement, IdOrNull("stmt", id));
  if (found.empty()) return NotFound("commission_statement", id);
  const postgres::Row row = found.front();
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), row.Int("revision")));
  ASSIGN_OR_RETURN(const v1::CommissionStatement before, LoadStatement(tx, id));
  tx.AuditBefore(before);
  const std::string_view status = row.Text("status");
  return Locked{.rules = {.status = status == "draft"      ? StatementStatus::kDraft
                                    : status == "approved" ? StatementStatus::kApproved
                                                           : StatementStatus::kPaid,
                          .participant_user = row.Id("usr", "user_id")},
                .participant_id = row.Uuid("participant_id"),
                .currency = std::string(row.Text("currency"))};
}

calendar::Date Today(const Transaction& tx) { return tx.Today(calendar::Zone::Utc()); }

}  // namespace

Result<v1::CommissionStatement> LoadStatement(Transaction& tx, const std::string& id) {
  return Load(tx, id, Parameter());
}

Result<v1::CommissionStatement> GetCommissionStatement(
    const App& app, const rpc::Call& call, const v1::GetCommissionStatementRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::CommissionStatement> {
    if (!request.has_as_known_at()) return LoadStatement(tx, request.id());
    const auto since_epoch = std::chrono::seconds(request.as_known_at().seconds()) +
                             std::chrono::microseconds(request.as_known_at().nanos() / 1000);
    return Load(tx, request.id(), calendar::Instant(since_epoch));
  });
}

Result<v1::ListCommissionStatementsResponse> ListCommissionStatements(
    const App& app, const rpc::Call& call, const v1::ListCommissionStatementsRequest& request) {
  return app.database.Read(
      call, [&](Transaction& tx) -> Result<v1::ListCommissionStatementsResponse> {
        v1::ListCommissionStatementsResponse response;
        const Parameter all_as_known_now[] = {Parameter(), Parameter()};
        RETURN_IF_FAULT(postgres::List(
            tx, {.select = sql::select_commission_statement, .parameters = all_as_known_now},
            request, &response));
        return response;
      });
}

Result<v1::CommissionStatement> ApproveCommissionStatement(
    const App& app, const rpc::Call& call, const v1::ApproveCommissionStatementRequest& request) {
  return app.database.Command<v1::CommissionStatement>(
      call, [&](Transaction& tx) -> Result<v1::CommissionStatement> {
        ASSIGN_OR_RETURN(const Locked locked, Lock(tx, request.id()));
        RETURN_IF_FAULT(domain::CheckApproval(locked.rules, call.principal.user_id));
        tx.Run(sql::approve_commission_statement, IdOrNull("stmt", request.id()),
               IdOrNull("usr", call.principal.user_id), Today(tx), tx.now());
        ASSIGN_OR_RETURN(v1::CommissionStatement statement, LoadStatement(tx, request.id()));
        v1::CommissionStatementApproved approved;
        approved.set_id(statement.id());
        approved.set_revision(statement.revision());
        approved.set_participant_id(statement.participant_id());
        approved.set_period(statement.period());
        *approved.mutable_earned() = statement.earned();
        approved.set_approved_by(statement.approved_by());
        events::Append(tx, approved, {.source_version = statement.revision()});
        return statement;
      });
}

Result<v1::CommissionStatement> PayCommissionStatement(
    const App& app, const rpc::Call& call, const v1::PayCommissionStatementRequest& request) {
  return app.database.Command<v1::CommissionStatement>(
      call, [&](Transaction& tx) -> Result<v1::CommissionStatement> {
        ASSIGN_OR_RETURN(const Locked locked, Lock(tx, request.id()));
        RETURN_IF_FAULT(domain::CheckPayment(locked.rules, call.principal.user_id));
        const Parameter id = IdOrNull("stmt", request.id());
        const postgres::Row sums =
            tx.Run(sql::sum_payable, locked.participant_id, locked.currency, id).front();
        const domain::ToDate to_date{
            .stated = StoredAmount(sums.Int("stated_minor"), locked.currency),
            .credited = StoredAmount(sums.Int("credited_minor"), locked.currency),
            .paid = StoredAmount(sums.Int("paid_minor"), locked.currency)};
        tx.Run(sql::pay_commission_statement, id, IdOrNull("usr", call.principal.user_id),
               Today(tx), tx.now(), domain::Payable(to_date).minor(), to_date.paid.minor(),
               to_date.credited.minor(), postgres::NullIfEmpty(request.reference()));
        ASSIGN_OR_RETURN(v1::CommissionStatement statement, LoadStatement(tx, request.id()));
        v1::CommissionStatementPaid paid;
        paid.set_id(statement.id());
        paid.set_revision(statement.revision());
        paid.set_participant_id(statement.participant_id());
        paid.set_period(statement.period());
        *paid.mutable_paid() = statement.paid();
        paid.set_paid_by(statement.paid_by());
        events::Append(tx, paid, {.source_version = statement.revision()});
        return statement;
      });
}

}  // namespace continuo::commissions::app
