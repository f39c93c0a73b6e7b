#include "services/commissions/app/make_statements.h"

#include "continuo/commissions/v1/commission_statement.pb.h"
#include "continuo/commissions/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "services/commissions/app/amounts.h"
#include "services/commissions/app/statements.h"
#include "services/commissions/domain/statement.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using postgres::IdOrNull;
using postgres::Parameter;
using postgres::Transaction;

calendar::Date Today(const Transaction& tx) { return tx.Today(calendar::Zone::Utc()); }

// The columns of insert_statements.
struct Wanted {
  std::vector<Parameter> ids, participants, currencies, periods;
};

std::vector<v1::CommissionStatementCreated> Make(Transaction& tx, const Wanted& wanted) {
  const auto array = [](const std::vector<Parameter>& values) { return Parameter::Array(values); };
  std::vector<v1::CommissionStatementCreated> created;
  for (const postgres::Row row :
       tx.Run(sql::insert_statements, array(wanted.ids), array(wanted.participants),
              array(wanted.currencies), array(wanted.periods), tx.now(),
              IdOrNull("usr", tx.call().principal.user_id), Today(tx))) {
    v1::CommissionStatementCreated& event = created.emplace_back();
    event.set_id(row.Id("stmt", "id"));
    event.set_revision(row.Int("revision"));
    event.set_participant_id(row.Id("part", "participant_id"));
    event.set_period(std::string(row.Text("period")));
    event.set_line_count(row.Int("line_count"));
    WriteAmount(StoredAmount(row.Int("earned_minor"), row.Text("currency")),
                event.mutable_earned());
  }
  std::vector<events::NewEvent> appended;
  for (const auto& event : created) appended.push_back({&event, {.source_version = 1}});
  if (!appended.empty()) events::AppendAll(tx, appended);
  return created;
}

}  // namespace

Result<v1::CommissionStatement> CreateCommissionStatement(
    const App& app, const rpc::Call& call, const v1::CreateCommissionStatementRequest& request) {
  const v1::CreateCommissionStatement& wanted = request.commission_statement();
  return app.database.Command<v1::CommissionStatement>(
      call, [&](Transaction& tx) -> Result<v1::CommissionStatement> {
        ASSIGN_OR_RETURN(const calendar::Date period,
                         domain::ParsePeriod(wanted.period(), tx.now()));
        const Parameter participant = IdOrNull("part", wanted.participant_id());
        if (tx.Run(sql::lock_stated_participant, participant).empty()) {
          return Invalid("/participant_id", "REFERENCE_NOT_FOUND",
                         "There is no participant " + wanted.participant_id() + ".");
        }
        const auto created = Make(tx, {.ids = {ids::CommissionStatementId::New()},
                                       .participants = {participant},
                                       .currencies = {wanted.currency()},
                                       .periods = {period}});
        if (created.empty()) {
          return FailedPrecondition("NOTHING_TO_STATE",
                                    "The participant has no credits of " + wanted.period() +
                                        " in " + wanted.currency() + " that are on no statement.");
        }
        return LoadStatement(tx, created.front().id());
      });
}

Result<std::optional<calendar::Instant>> NextStatementsAt(Transaction& tx) {
  const postgres::Rows first = tx.Run(sql::next_unstated_period);
  if (first.empty()) return std::optional<calendar::Instant>();
  return std::optional(domain::EndOfPeriod(first.front().Date("period")));
}

Result<bool> MakeStatements(const App& app, const rpc::Call& call, const StatementsSlice& slice) {
  return app.database.Work(call, [&](Transaction& tx) -> Result<bool> {
    Wanted wanted;
    for (const postgres::Row row :
         tx.Run(sql::list_unstated, domain::FirstOpenPeriod(tx.now()), slice.statements_max,
                slice.credits_max)) {
      wanted.ids.emplace_back(ids::CommissionStatementId::New());
      wanted.participants.emplace_back(row.Uuid("participant_id"));
      wanted.currencies.emplace_back(std::string(row.Text("currency")));
      wanted.periods.emplace_back(row.Date("period"));
    }
    if (wanted.ids.empty()) return false;
    Make(tx, wanted);
    return true;
  });
}

}  // namespace continuo::commissions::app
