#include "services/contracts/app/uninitialise_schedule.h"

#include "continuo/contracts/v1/events.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "services/contracts/app/locked_schedule.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using postgres::IdOrNull;
using v1::Schedule;

void AppendUninitialised(postgres::Transaction& tx, const Schedule& schedule,
                         std::int64_t revision) {
  v1::ScheduleUninitialised event;
  event.set_id(schedule.id());
  event.set_revision(revision);
  event.set_account_id(schedule.account_id());
  event.set_contract_id(schedule.contract_id());
  event.set_order_line_id(schedule.order_line_id());
  event.set_side(std::string(domain::ToText(StateOf(schedule).side)));
  events::Append(tx, event, {.source_version = revision});
}

}  // namespace

Result<Schedule> UninitialiseSchedule(postgres::Database& database, const rpc::Call& call,
                                      const v1::UninitialiseScheduleRequest& request) {
  return database.Command<Schedule>(call, [&](postgres::Transaction& tx) -> Result<Schedule> {
    ASSIGN_OR_RETURN(const LockedSchedule locked, LockSchedule(tx, request.id()));
    const Schedule& schedule = *locked.schedule;
    RETURN_IF_FAULT(domain::MayUninitialise(StateOf(schedule)));
    tx.Run(sql::delete_open_lines, IdOrNull("sch", schedule.id()));
    tx.Run(sql::withdraw_schedule_lines, IdOrNull("sch", schedule.id()), tx.now());
    const auto revision =
        tx.Run(sql::update_schedule_uninitialised, IdOrNull("sch", schedule.id()))
            .front()
            .Int("revision");
    RecordAmendment(tx, schedule, "schedule_uninitialised",
                    calendar::Date::Parse(schedule.start_on()).value());
    AppendUninitialised(tx, schedule, revision);
    return LoadSchedule(tx, schedule.id());
  });
}

}  // namespace continuo::contracts::app
