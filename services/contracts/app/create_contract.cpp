#include "services/contracts/app/create_contract.h"

#include "continuo/contracts/v1/events.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/append.h"
#include "libs/events/control_totals.h"
#include "libs/json/write.h"
#include "libs/postgres/transaction.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/app/initialise_schedule.h"
#include "services/contracts/app/plan_contract.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using postgres::IdOrNull;
using quoting::v1::Order;
using quoting::v1::OrderAccepted;
using quoting::v1::OrderLine;

std::string Json(const google::protobuf::Message& message) {
  std::string text;
  json::WriteMessage(message, &text);
  return text;
}

Result<events::ControlTotals> Announced(const type::v1::ControlTotals& message) {
  events::ControlTotals totals{.count = message.count(), .minor_by_currency = {}};
  for (const type::v1::Money& sum : message.sums()) {
    ASSIGN_OR_RETURN(const money::Money amount, MoneyOf(sum));
    totals.minor_by_currency[sum.currency()] = amount.minor();
  }
  return totals;
}

// Nothing got lost between quoting and here.
Result<void> CheckTotals(const OrderAccepted& accepted, const Order& order) {
  events::ControlTotals received;
  for (const OrderLine& line : order.lines()) {
    ASSIGN_OR_RETURN(const money::Money amount, MoneyOf(line.term_total()));
    received.Add(line.term_total().currency(), amount.minor());
  }
  ASSIGN_OR_RETURN(const events::ControlTotals by_event, Announced(accepted.control_totals()));
  ASSIGN_OR_RETURN(const events::ControlTotals by_order, Announced(order.control_totals()));
  RETURN_IF_FAULT(received.Check(by_event));
  return received.Check(by_order);
}

// "O-000042" makes "C-000042": people find the one by the other.
std::string NumberOf(const Order& order) {
  return order.number().starts_with("O-") ? "C" + order.number().substr(1)
                                          : "C-" + order.number();
}

// False when the order has taken effect before.
Result<bool> InsertContract(postgres::Transaction& tx, const Order& order, Date start) {
  ASSIGN_OR_RETURN(const money::Money total, MoneyOf(order.term_total()));
  const auto id = IdOrNull("ctr", order.contract_id());
  const auto account = IdOrNull("acc", order.account_id());
  const auto made =
      tx.Run(sql::insert_contract, id, NumberOf(order), account,
             IdOrNull("div", order.division_id()), IdOrNull("opp", order.opportunity_id()),
             order.currency(), order.time_zone(), order.payment_days(), start, total.minor(),
             Json(order.control_totals()), tx.now());
  if (made.affected() == 0) return false;
  tx.Run(sql::insert_contract_order, IdOrNull("ord", order.id()), id, account, tx.now());
  tx.Run(sql::insert_amendment, ids::NewUuid(), id, account, IdOrNull("ord", order.id()),
         "activated", nullptr, start, tx.now(), ActorOf(tx));
  return true;
}

Result<void> InsertLine(postgres::Transaction& tx, const Order& order, const OrderLine& line) {
  ASSIGN_OR_RETURN(const Date start, StartOf(order, line));
  ASSIGN_OR_RETURN(const money::Money net, MoneyOf(line.net_amount()));
  ASSIGN_OR_RETURN(const money::Money total, MoneyOf(line.term_total()));
  const bool recurring = line.kind() == catalogue::v1::PRODUCT_KIND_RECURRING;
  tx.Run(sql::insert_contract_line, ids::NewUuid(), IdOrNull("ctr", order.contract_id()),
         IdOrNull("acc", order.account_id()), IdOrNull("ord", order.id()),
         IdOrNull("ol", line.id()), line.position(), IdOrNull("prod", line.product_id()),
         line.product_version(), line.product_code(), line.product_name(),
         recurring ? "recurring" : "one_off", line.unit(), line.quantity(), line.service_level(),
         line.has_service_level_terms()
             ? postgres::Parameter(Json(line.service_level_terms()))
             : postgres::Parameter(),
         net.minor(), total.minor(), total.currency().code(), start, tx.now());
  return {};
}

Result<void> InsertSchedule(postgres::Transaction& tx, const Order& order,
                            const PlannedSchedule& planned) {
  const v1::Schedule& schedule = *planned.schedule;
  ASSIGN_OR_RETURN(const money::Money amount, MoneyOf(schedule.amount()));
  ASSIGN_OR_RETURN(const money::Money term_total, MoneyOf(schedule.term_total()));
  ASSIGN_OR_RETURN(const Date agreed_start, Date::Parse(schedule.agreed_start_on()));
  const bool sold = planned.element == 0;
  tx.Run(sql::insert_schedule, IdOrNull("sch", schedule.id()), IdOrNull("acc", order.account_id()),
         IdOrNull("div", order.division_id()), IdOrNull("ctr", order.contract_id()),
         IdOrNull("ord", order.id()), IdOrNull("ol", schedule.order_line_id()), planned.element,
         sold ? "sell" : "buy", schedule.description(), IdOrNull("sup", schedule.supplier_id()),
         schedule.quantity(), planned.unit_cost, amount.minor(), term_total.minor(),
         amount.currency().code(), Json(schedule.billing()), Json(schedule.term()), agreed_start,
         schedule.service_level(), schedule.tax_code(), order.time_zone(), order.payment_days(),
         tx.now());
  if (!planned.initialised_at_acceptance) return {};
  ASSIGN_OR_RETURN(const LockedSchedule locked, LockSchedule(tx, schedule.id()));
  return Initialise(tx, locked, agreed_start, {});
}

void AppendActivated(postgres::Transaction& tx, const Order& order, Date start) {
  v1::ContractActivated event;
  event.set_id(order.contract_id());
  event.set_revision(1);
  event.set_account_id(order.account_id());
  event.set_division_id(order.division_id());
  event.set_order_id(order.id());
  event.set_currency(order.currency());
  event.set_start_on(start.ToString());
  *event.mutable_control_totals() = order.control_totals();
  events::Append(tx, event, {.source_version = 1});
}

}  // namespace

Result<void> CreateContract(postgres::Transaction& tx, const OrderAccepted& accepted,
                            const Order& order) {
  RETURN_IF_FAULT(CheckTotals(accepted, order));
  ASSIGN_OR_RETURN(const ContractPlan plan, PlanContract(order));
  ASSIGN_OR_RETURN(const bool is_new, InsertContract(tx, order, plan.start));
  if (!is_new) return {};
  AppendActivated(tx, order, plan.start);
  for (const OrderLine& line : order.lines()) RETURN_IF_FAULT(InsertLine(tx, order, line));
  for (const PlannedSchedule& schedule : plan.schedules) {
    RETURN_IF_FAULT(InsertSchedule(tx, order, schedule));
  }
  for (const NewPurchaseOrder& purchase_order : plan.purchase_orders) {
    InsertPurchaseOrder(tx, purchase_order);
  }
  return {};
}

}  // namespace continuo::contracts::app
