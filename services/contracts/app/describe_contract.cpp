#include "services/contracts/app/describe_contract.h"

#include "continuo/contracts/v1/running_contract.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/app/end_schedule.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/domain/change_point.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using postgres::IdOrNull;
using v1::Schedule;

bool Runs(const Schedule& schedule) {
  switch (schedule.status()) {
    case v1::SCHEDULE_STATUS_INITIALISED:
    case v1::SCHEDULE_STATUS_RUNNING:
    case v1::SCHEDULE_STATUS_ENDED:
      return true;
    default:
      return false;
  }
}

Result<void> Describe(postgres::Transaction& tx, const Schedule& schedule,
                      const v1::LineAsked& asked, v1::RunningLine* line) {
  ASSIGN_OR_RETURN(const Date on, Date::Parse(asked.effective_on().empty()
                                                  ? schedule.end_on()
                                                  : asked.effective_on()));
  ASSIGN_OR_RETURN(const domain::ScheduleTerms terms, TermsOf(schedule));
  ASSIGN_OR_RETURN(const domain::ChangePoint point,
                   domain::ChangeAt(terms, TermOf(schedule), LoadLiveLines(tx, schedule).lines, on));
  line->set_running(true);
  line->set_start_on(schedule.start_on());
  line->set_end_on(schedule.end_on());
  line->set_effective_on(on.ToString());
  line->set_quantity(schedule.quantity());
  *line->mutable_amount() = schedule.amount();
  *line->mutable_billing_period() = schedule.billing().period();
  line->set_periods_left(point.periods_left);
  line->set_period_start(point.around.start.ToString());
  line->set_period_end(point.around.end.ToString());
  line->set_open_from(point.open_from.ToString());
  SetMoney(point.ended_total, line->mutable_ended_total());
  return {};
}

}  // namespace

Result<v1::RunningContract> DescribeContract(postgres::Database& database, const rpc::Call& call,
                                             const v1::DescribeContractRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::RunningContract> {
    const auto id = IdOrNull("ctr", request.contract_id());
    const postgres::Rows found = tx.Run(sql::find_running_contract, id);
    if (found.empty()) return NotFound("contract", request.contract_id());
    v1::RunningContract contract;
    postgres::Fill(found.front(), &contract);
    for (const v1::LineAsked& asked : request.lines()) {
      const postgres::Rows schedules =
          tx.Run(sql::find_sold_schedule, id, IdOrNull("ol", asked.order_line_id()));
      v1::RunningLine line;
      line.set_order_line_id(asked.order_line_id());
      if (!schedules.empty()) {
        Schedule schedule;
        postgres::Fill(schedules.front(), &schedule);
        if (Runs(schedule)) RETURN_IF_FAULT(Describe(tx, schedule, asked, &line));
      }
      *contract.add_lines() = std::move(line);
    }
    return contract;
  });
}

}  // namespace continuo::contracts::app
