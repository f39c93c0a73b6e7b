#include "services/contracts/app/change_contract.h"

#include <algorithm>
#include <map>

#include "continuo/contracts/v1/events.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/transaction.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/app/end_schedule.h"
#include "services/contracts/app/locked_schedule.h"
#include "services/contracts/app/plan_contract.h"
#include "services/contracts/app/store_order.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using postgres::IdOrNull;
using quoting::v1::Order;
using quoting::v1::OrderAccepted;
using quoting::v1::OrderLine;

struct EndingLine {
  std::string order_line_id;
  LockedSchedule locked;
  Date effective_on;
};

// Locked in the order of the schedules' ids, as the release job does.
Result<std::vector<EndingLine>> LockEnding(postgres::Transaction& tx, const Order& order) {
  std::map<std::string, const OrderLine*> by_schedule;
  for (const OrderLine& line : order.lines()) {
    if (!EndsALine(line)) continue;
    const std::string& ended = line.change().order_line_id();
    const postgres::Rows found = tx.Run(
        sql::find_sold_schedule, IdOrNull("ctr", order.contract_id()), IdOrNull("ol", ended));
    if (found.empty()) return NotFound("schedule of order line", ended);
    by_schedule[found.front().Id("sch", "id")] = &line;
  }
  std::vector<EndingLine> ending;
  for (const auto& [schedule_id, line] : by_schedule) {
    ASSIGN_OR_RETURN(LockedSchedule locked, LockSchedule(tx, schedule_id));
    ASSIGN_OR_RETURN(const Date effective_on, Date::Parse(line->change().effective_on()));
    ending.push_back({line->change().order_line_id(), std::move(locked), effective_on});
  }
  return ending;
}

Result<void> End(postgres::Transaction& tx, const Order& order, const EndingLine& ending) {
  RETURN_IF_FAULT(EndSchedule(tx, ending.locked, ending.effective_on));
  tx.Run(sql::insert_contract_line_end, IdOrNull("ol", ending.order_line_id),
         IdOrNull("ctr", order.contract_id()), IdOrNull("acc", order.account_id()),
         IdOrNull("ord", order.id()), ending.effective_on, tx.now());
  return {};
}

// The first day on which the contract is another.
Result<Date> FirstDay(const Order& order) {
  std::optional<Date> first;
  for (const OrderLine& line : order.lines()) {
    ASSIGN_OR_RETURN(const Date start, StartOf(order, line));
    first = first ? std::min(*first, start) : start;
  }
  return first ? Result<Date>(*first) : StartOf(order);
}

void AppendAmended(postgres::Transaction& tx, const Order& order,
                   const std::vector<EndingLine>& ending, Date effective_on,
                   std::int64_t revision) {
  v1::ContractAmended event;
  event.set_id(order.contract_id());
  event.set_revision(revision);
  event.set_account_id(order.account_id());
  event.set_division_id(order.division_id());
  event.set_order_id(order.id());
  event.set_effective_on(effective_on.ToString());
  for (const EndingLine& line : ending) event.add_ended_order_line_ids(line.order_line_id);
  *event.mutable_control_totals() = order.control_totals();
  events::Append(tx, event, {.source_version = revision});
}

void AppendTerminated(postgres::Transaction& tx, const Order& order, Date end,
                      std::int64_t revision) {
  v1::ContractTerminated event;
  event.set_id(order.contract_id());
  event.set_revision(revision);
  event.set_account_id(order.account_id());
  event.set_last_day(end.AddDays(-1).ToString());
  events::Append(tx, event, {.source_version = revision});
}

void Amend(postgres::Transaction& tx, const Order& order, const std::vector<EndingLine>& ending,
           Date effective_on) {
  const auto id = IdOrNull("ctr", order.contract_id());
  const postgres::Rows counts = tx.Run(sql::count_contract_lines, id);
  const postgres::Row count = counts.front();
  const auto currency = money::Currency::Parse(order.currency()).value();
  const domain::Totals totals{
      .count = count.Int("lines"),
      .sums = {{currency, money::Money::FromMinor(count.Int("total_minor"), currency)}}};
  const postgres::Rows amended =
      tx.Run(sql::amend_contract, id, count.Int("total_minor"), TotalsText(totals));
  const postgres::Row contract = amended.front();
  tx.Run(sql::insert_amendment, ids::NewUuid(), id, IdOrNull("acc", order.account_id()),
         IdOrNull("ord", order.id()), "amended", nullptr, effective_on, tx.now(), ActorOf(tx));
  AppendAmended(tx, order, ending, effective_on, contract.Int("revision"));
  if (contract.Text("status") == "terminated" && !ending.empty()) {
    AppendTerminated(tx, order, contract.Date("end_on"), contract.Int("revision"));
  }
}

}  // namespace

bool EndsALine(const OrderLine& line) {
  switch (line.change().kind()) {
    case quoting::v1::CONTRACT_CHANGE_KIND_REDUCE:
    case quoting::v1::CONTRACT_CHANGE_KIND_SWAP:
    case quoting::v1::CONTRACT_CHANGE_KIND_TERMINATE:
      return true;
    default:
      return false;
  }
}

Result<void> ChangeContract(postgres::Transaction& tx, const OrderAccepted& accepted,
                            const Order& order) {
  RETURN_IF_FAULT(CheckTotals(accepted, order));
  ASSIGN_OR_RETURN(const ContractPlan plan, PlanContract(order));
  ASSIGN_OR_RETURN(const std::vector<EndingLine> ending, LockEnding(tx, order));
  const bool is_new = tx.Run(sql::insert_contract_order, IdOrNull("ord", order.id()),
                             IdOrNull("ctr", order.contract_id()),
                             IdOrNull("acc", order.account_id()), tx.now())
                          .affected() > 0;
  if (!is_new) return {};
  for (const EndingLine& line : ending) RETURN_IF_FAULT(End(tx, order, line));
  RETURN_IF_FAULT(StoreOrder(tx, order, plan));
  ASSIGN_OR_RETURN(const Date effective_on, FirstDay(order));
  Amend(tx, order, ending, effective_on);
  return {};
}

}  // namespace continuo::contracts::app
