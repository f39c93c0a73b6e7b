#include "services/contracts/app/locked_schedule.h"

#include "continuo/contracts/v1/schedule.pb.h"
#include "libs/ids/uuid.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {

using postgres::IdOrNull;

Result<LockedSchedule> LockSchedule(postgres::Transaction& tx, const std::string& id) {
  tx.Run(sql::lock_open_lines, IdOrNull("sch", id));
  const postgres::Rows found = tx.Run(sql::lock_schedule, IdOrNull("sch", id));
  if (found.empty()) return NotFound("schedule", id);
  const postgres::Row row = found.front();
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), row.Int("revision")));
  LockedSchedule locked{.schedule = std::make_shared<v1::Schedule>(),
                        .time_zone = std::string(row.Text("time_zone")),
                        .element = static_cast<int>(row.Int("element")),
                        .unit_cost = row.OptionalDecimal("unit_cost")};
  postgres::Fill(row, locked.schedule.get());
  tx.AuditBefore(*locked.schedule);
  return locked;
}

void InsertLines(postgres::Transaction& tx, const LockedSchedule& locked,
                 const std::vector<domain::Line>& lines) {
  std::vector<ids::Uuid> line_ids;
  std::vector<int> sequences;
  std::vector<calendar::Date> starts, ends, bill_dates, release_dates;
  std::vector<std::int64_t> amounts;
  for (const domain::Line& line : lines) {
    line_ids.push_back(ids::NewUuid());
    sequences.push_back(line.sequence);
    starts.push_back(line.period.start);
    ends.push_back(line.period.end);
    bill_dates.push_back(line.bill_on);
    release_dates.push_back(line.release_on);
    amounts.push_back(line.amount.minor());
  }
  const v1::Schedule& schedule = *locked.schedule;
  tx.Run(sql::insert_schedule_lines, IdOrNull("sch", schedule.id()),
         IdOrNull("acc", schedule.account_id()), IdOrNull("div", schedule.division_id()),
         schedule.amount().currency(), tx.now(), locked.time_zone, line_ids, sequences, starts,
         ends, bill_dates, release_dates, amounts);
}

void RecordAmendment(postgres::Transaction& tx, const v1::Schedule& schedule,
                     std::string_view kind, calendar::Date effective_on) {
  tx.Run(sql::insert_amendment, ids::NewUuid(), IdOrNull("ctr", schedule.contract_id()),
         IdOrNull("acc", schedule.account_id()), IdOrNull("ord", schedule.order_id()), kind,
         IdOrNull("sch", schedule.id()), effective_on, tx.now(), ActorOf(tx));
  tx.Run(sql::raise_contract_revision, IdOrNull("ctr", schedule.contract_id()));
}

v1::Schedule LoadSchedule(postgres::Transaction& tx, const std::string& id) {
  v1::Schedule schedule;
  postgres::Fill(tx.Run(sql::select_schedule, IdOrNull("sch", id)).front(), &schedule);
  return schedule;
}

std::string ActorOf(const postgres::Transaction& tx) {
  const rpc::Principal& principal = tx.call().principal;
  return principal.user_id.empty() ? principal.service : principal.user_id;
}

}  // namespace continuo::contracts::app
