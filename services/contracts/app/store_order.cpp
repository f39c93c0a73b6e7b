#include "services/contracts/app/store_order.h"

#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
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

}  // namespace

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

Result<void> StoreOrder(postgres::Transaction& tx, const Order& order, const ContractPlan& plan) {
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
