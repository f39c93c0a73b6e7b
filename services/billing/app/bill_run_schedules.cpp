#include "services/billing/app/bill_run_schedules.h"

#include "continuo/billing/v1/bill_run.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "libs/json/patch.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/billing/app/parties.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

Result<v1::BillRunSchedule> Load(Transaction& tx, const std::string& id,
                                 const postgres::Statement& statement) {
  const postgres::Rows found = tx.Run(statement, IdOrNull("brs", id));
  if (found.empty()) return NotFound("bill_run_schedule", id);
  v1::BillRunSchedule schedule;
  postgres::Fill(found.front(), &schedule);
  return schedule;
}

struct ScheduledDay {
  ids::Uuid schedule;
  ids::Uuid division;
  bool auto_issue;
  calendar::Zone zone;
  calendar::Instant starts_at;
};

Result<std::vector<ScheduledDay>> ScheduledDays(Transaction& tx) {
  std::vector<ScheduledDay> days;
  for (const postgres::Row row : tx.Run(sql::list_scheduled_days)) {
    ASSIGN_OR_RETURN(const calendar::Zone zone,
                     calendar::Zone::Find(std::string(row.Text("time_zone"))));
    days.push_back({.schedule = row.Uuid("id"),
                    .division = row.Uuid("division_id"),
                    .auto_issue = row.Bool("auto_issue"),
                    .zone = zone,
                    .starts_at = calendar::StartOfDay(row.Date("bill_on"), zone)});
  }
  return days;
}

}  // namespace

Result<v1::BillRunSchedule> CreateBillRunSchedule(
    const App& app, const rpc::Call& call, const v1::CreateBillRunScheduleRequest& request) {
  const v1::BillRunSchedule& wanted = request.bill_run_schedule();
  ASSIGN_OR_RETURN(const directory::v1::Division division,
                   AskDivision(app, call, wanted.division_id(), "/division_id"));
  return app.database.Command<v1::BillRunSchedule>(
      call, [&](Transaction& tx) -> Result<v1::BillRunSchedule> {
        StoreSeller(tx, division);
        const auto id = ids::Id<"brs">::New();
        try {
          tx.Run(sql::insert_bill_run_schedule, id, IdOrNull("div", wanted.division_id()),
                 wanted.auto_issue(), wanted.enabled(), tx.now());
        } catch (const postgres::UniqueViolation&) {
          return FailedPrecondition("BILL_RUN_SCHEDULE_EXISTS",
                                    "Division " + wanted.division_id() +
                                        " has a bill run schedule already. Change that one.",
                                    {{"division_id", wanted.division_id()}});
        }
        return Load(tx, id.ToString(), sql::get_bill_run_schedule);
      });
}

Result<v1::BillRunSchedule> GetBillRunSchedule(const App& app, const rpc::Call& call,
                                               const v1::GetBillRunScheduleRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return Load(tx, request.id(), sql::get_bill_run_schedule);
  });
}

Result<v1::ListBillRunSchedulesResponse> ListBillRunSchedules(
    const App& app, const rpc::Call& call, const v1::ListBillRunSchedulesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListBillRunSchedulesResponse> {
    v1::ListBillRunSchedulesResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_bill_run_schedules}, request, &response));
    return response;
  });
}

Result<v1::BillRunSchedule> UpdateBillRunSchedule(const App& app, const rpc::Call& call,
                                                  const v1::UpdateBillRunScheduleRequest& request) {
  return app.database.Command<v1::BillRunSchedule>(
      call, [&](Transaction& tx) -> Result<v1::BillRunSchedule> {
        ASSIGN_OR_RETURN(v1::BillRunSchedule schedule,
                         Load(tx, request.id(), sql::lock_bill_run_schedule));
        RETURN_IF_FAULT(postgres::CheckRevision(call, schedule.revision()));
        tx.AuditBefore(schedule);
        RETURN_IF_FAULT(
            json::ApplyPatch(request.update_mask(), request.bill_run_schedule(), &schedule));
        tx.Run(sql::update_bill_run_schedule, IdOrNull("brs", request.id()), schedule.auto_issue(),
               schedule.enabled());
        return Load(tx, request.id(), sql::get_bill_run_schedule);
      });
}

Result<std::optional<calendar::Instant>> NextScheduledRunAt(Transaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<ScheduledDay> days, ScheduledDays(tx));
  std::optional<calendar::Instant> earliest;
  for (const ScheduledDay& day : days) {
    if (!earliest || day.starts_at < *earliest) earliest = day.starts_at;
  }
  return earliest;
}

Result<bool> StartScheduledRuns(const App& app, const rpc::Call& call) {
  return app.database.Work(call, [&](Transaction& tx) -> Result<bool> {
    ASSIGN_OR_RETURN(const std::vector<ScheduledDay> days, ScheduledDays(tx));
    for (const ScheduledDay& day : days) {
      if (day.starts_at > tx.now()) continue;
      tx.Run(sql::insert_bill_run, ids::BillRunId::New(), day.division,
             tx.Today(day.zone), day.auto_issue, day.schedule, tx.now());
    }
    return false;
  });
}

}  // namespace continuo::billing::app
