#include "services/contracts/app/end_schedule.h"

#include "continuo/contracts/v1/events.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/app/locked_schedule.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using domain::Cancellation;
using postgres::IdOrNull;
using v1::Schedule;

Result<void> VoidLines(postgres::Transaction& tx, const LiveLines& live,
                       const Cancellation& decided, Date effective_on) {
  std::vector<ids::Uuid> voided;
  for (const int position : decided.voided) voided.push_back(live.ids[position]);
  const auto taken = tx.Run(sql::void_schedule_lines, voided, effective_on, tx.now());
  if (taken.size() == voided.size()) return {};
  return Aborted("CONFLICT", "Lines of the schedule were released meanwhile. Repeat.");
}

void AppendCancelled(postgres::Transaction& tx, const Schedule& schedule, std::int64_t revision,
                     const Cancellation& decided, Date effective_on) {
  v1::ScheduleCancelled event;
  event.set_id(schedule.id());
  event.set_revision(revision);
  event.set_account_id(schedule.account_id());
  event.set_contract_id(schedule.contract_id());
  event.set_order_id(schedule.order_id());
  event.set_order_line_id(schedule.order_line_id());
  event.set_side(std::string(domain::ToText(StateOf(schedule).side)));
  event.set_end_on(effective_on.ToString());
  SetMoney(decided.voided_amount, event.mutable_voided());
  SetMoney(decided.unserved_amount, event.mutable_unserved());
  events::Append(tx, event, {.source_version = revision});
}

}  // namespace

LiveLines LoadLiveLines(postgres::Transaction& tx, const Schedule& schedule) {
  const auto currency = money::Currency::Parse(schedule.amount().currency()).value();
  LiveLines live;
  for (const postgres::Row row :
       tx.Run(sql::select_live_lines, IdOrNull("sch", schedule.id()))) {
    live.ids.push_back(row.Uuid("id"));
    live.lines.push_back(
        {.line = {.sequence = static_cast<int>(row.Int("sequence")),
                  .period = {row.Date("period_start"), row.Date("period_end")},
                  .bill_on = row.Date("bill_on"),
                  .release_on = row.Date("release_on"),
                  .amount = money::Money::FromMinor(row.Int("amount_minor"), currency)},
         .released = row.Bool("released")});
  }
  return live;
}

calendar::Period TermOf(const Schedule& schedule) {
  return {Date::Parse(schedule.start_on()).value(), Date::Parse(schedule.end_on()).value()};
}

Result<void> EndSchedule(postgres::Transaction& tx, const LockedSchedule& locked,
                         Date effective_on) {
  const Schedule& schedule = *locked.schedule;
  RETURN_IF_FAULT(domain::MayCancel(StateOf(schedule)));
  ASSIGN_OR_RETURN(const domain::ScheduleTerms terms, TermsOf(schedule));
  const LiveLines live = LoadLiveLines(tx, schedule);
  ASSIGN_OR_RETURN(const Cancellation decided,
                   domain::CancelFrom(terms, TermOf(schedule), live.lines, effective_on));
  RETURN_IF_FAULT(VoidLines(tx, live, decided, effective_on));
  if (decided.replacement) InsertLines(tx, locked, {*decided.replacement});
  const auto revision = tx.Run(sql::update_schedule_cancelled, IdOrNull("sch", schedule.id()),
                               effective_on, decided.term_total.minor())
                            .front()
                            .Int("revision");
  RecordAmendment(tx, schedule, "schedule_cancelled", effective_on);
  AppendCancelled(tx, schedule, revision, decided, effective_on);
  return {};
}

}  // namespace continuo::contracts::app
