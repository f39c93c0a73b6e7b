#include "services/contracts/app/create_contract.h"

#include "continuo/contracts/v1/events.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/append.h"
#include "libs/json/write.h"
#include "libs/postgres/transaction.h"
#include "services/contracts/app/amounts.h"
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

std::string Json(const google::protobuf::Message& message) {
  std::string text;
  json::WriteMessage(message, &text);
  return text;
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
  return StoreOrder(tx, order, plan);
}

}  // namespace continuo::contracts::app
