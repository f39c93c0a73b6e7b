#include "services/contracts/app/create_contract.h"

#include <map>

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
#include "services/contracts/app/order_purchases.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using catalogue::v1::Purchasing;
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

Result<Date> StartOf(const Order& order) {
  return Date::Parse(order.start_on().empty() ? order.accepted_on() : order.start_on());
}

Result<Date> StartOf(const Order& order, const OrderLine& line) {
  return line.start_on().empty() ? StartOf(order) : Date::Parse(line.start_on());
}

// "O-000042" makes "C-000042": people find the one by the other.
std::string NumberOf(const Order& order) {
  return order.number().starts_with("O-") ? "C" + order.number().substr(1)
                                          : "C-" + order.number();
}

// False when the order has taken effect before.
Result<bool> InsertContract(postgres::Transaction& tx, const Order& order) {
  ASSIGN_OR_RETURN(const Date start, StartOf(order));
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

// One row of `schedule`, pending.
struct NewSchedule {
  std::string id;
  int element = 0;
  std::string description;
  std::string supplier_id;
  std::optional<money::Decimal> unit_cost;
  money::Money amount;
  money::Money term_total;
  catalogue::v1::Billing billing;
  catalogue::v1::Term term;
  Date agreed_start;
};

void InsertSchedule(postgres::Transaction& tx, const Order& order, const OrderLine& line,
                    const NewSchedule& schedule) {
  const bool sold = schedule.element == 0;
  tx.Run(sql::insert_schedule, IdOrNull("sch", schedule.id), IdOrNull("acc", order.account_id()),
         IdOrNull("div", order.division_id()), IdOrNull("ctr", order.contract_id()),
         IdOrNull("ord", order.id()), IdOrNull("ol", line.id()), schedule.element,
         sold ? "sell" : "buy", schedule.description, IdOrNull("sup", schedule.supplier_id),
         line.quantity(), schedule.unit_cost, schedule.amount.minor(),
         schedule.term_total.minor(), schedule.amount.currency().code(), Json(schedule.billing),
         Json(schedule.term), schedule.agreed_start, sold ? line.service_level() : "",
         sold ? line.tax_code() : "", order.time_zone(), order.payment_days(), tx.now());
}

Result<void> SellSide(postgres::Transaction& tx, const Order& order, const OrderLine& line) {
  if (line.kind() != catalogue::v1::PRODUCT_KIND_RECURRING) return {};
  NewSchedule schedule{.id = ids::ScheduleId::New().ToString(),
                       .element = 0,
                       .description = line.product_name(),
                       .supplier_id = {},
                       .unit_cost = {},
                       .amount = {},
                       .term_total = {},
                       .billing = line.billing(),
                       .term = line.term(),
                       .agreed_start = {}};
  ASSIGN_OR_RETURN(schedule.amount, MoneyOf(line.net_amount()));
  ASSIGN_OR_RETURN(schedule.term_total, MoneyOf(line.term_total()));
  ASSIGN_OR_RETURN(schedule.agreed_start, StartOf(order, line));
  InsertSchedule(tx, order, line, schedule);
  if (line.billing().initialise() != catalogue::v1::INITIALISE_ON_ACCEPTANCE) return {};
  ASSIGN_OR_RETURN(const LockedSchedule locked, LockSchedule(tx, schedule.id));
  return Initialise(tx, locked, schedule.agreed_start, {});
}

// The pending schedule of a recurring purchase: its own currency, period and lead.
std::string InsertBuySide(postgres::Transaction& tx, const Order& order, const OrderLine& line,
                          int element, const Purchasing& purchasing,
                          const domain::Purchase& purchase, const domain::SoldLine& sold) {
  NewSchedule schedule{.id = ids::ScheduleId::New().ToString(),
                       .element = element,
                       .description = purchasing.name(),
                       .supplier_id = purchasing.supplier_id(),
                       .unit_cost = money::Decimal::Parse(purchasing.unit_cost()).value(),
                       .amount = purchase.cost,
                       .term_total = purchase.term_cost,
                       .billing = {},
                       .term = line.term(),
                       .agreed_start = sold.start};
  *schedule.billing.mutable_period() = purchasing.period();
  schedule.billing.set_timing(purchasing.timing());
  schedule.billing.set_lead_days(purchasing.lead_days());
  if (!sold.term) *schedule.term.mutable_length() = purchasing.period();
  InsertSchedule(tx, order, line, schedule);
  return schedule.id;
}

// Purchase orders of the acceptance, one for each supplier and currency, in order of appearance.
using PurchaseOrders = std::vector<std::pair<domain::SupplierAndCurrency, NewPurchaseOrder>>;

NewPurchaseOrder& OrderFor(const domain::SupplierAndCurrency& key, const Order& order,
                           PurchaseOrders* orders) {
  for (auto& [existing, purchase_order] : *orders) {
    if (existing == key) return purchase_order;
  }
  return orders
      ->emplace_back(key, NewPurchaseOrder{.contract_id = order.contract_id(),
                                           .order_id = order.id(),
                                           .account_id = order.account_id(),
                                           .division_id = order.division_id(),
                                           .supplier_id = key.supplier_id,
                                           .ordered_on = {},
                                           .lines = {}})
      .second;
}

Result<void> BuySide(postgres::Transaction& tx, const Order& order, const OrderLine& line,
                     PurchaseOrders* orders) {
  domain::SoldLine sold;
  ASSIGN_OR_RETURN(sold.quantity, money::Decimal::Parse(line.quantity()));
  ASSIGN_OR_RETURN(sold.start, StartOf(order, line));
  if (line.term().has_length()) {
    ASSIGN_OR_RETURN(sold.term, CycleOf(line.term().length()));
  }
  int element_number = 0;
  for (const Purchasing& purchasing : line.purchasing()) {
    ++element_number;
    ASSIGN_OR_RETURN(const domain::PurchaseElement element, ElementOf(purchasing));
    ASSIGN_OR_RETURN(const domain::Purchase purchase, domain::PlanPurchase(element, sold));
    std::string schedule_id;
    if (purchase.terms) {
      schedule_id = InsertBuySide(tx, order, line, element_number, purchasing, purchase, sold);
    }
    if (!purchase.ordered_at_acceptance) continue;
    NewPurchaseOrder& purchase_order =
        OrderFor({element.supplier_id, element.currency}, order, orders);
    purchase_order.lines.push_back({.order_line_id = line.id(),
                                    .element = element_number,
                                    .schedule_id = schedule_id,
                                    .description = purchasing.name(),
                                    .quantity = line.quantity(),
                                    .unit_cost = element.unit_cost,
                                    .cost = purchase.term_cost});
  }
  return {};
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
  ASSIGN_OR_RETURN(const bool is_new, InsertContract(tx, order));
  if (!is_new) return {};
  ASSIGN_OR_RETURN(const Date start, StartOf(order));
  AppendActivated(tx, order, start);
  PurchaseOrders purchase_orders;
  for (const OrderLine& line : order.lines()) {
    RETURN_IF_FAULT(InsertLine(tx, order, line));
    RETURN_IF_FAULT(SellSide(tx, order, line));
    RETURN_IF_FAULT(BuySide(tx, order, line, &purchase_orders));
  }
  ASSIGN_OR_RETURN(const Date accepted_on, Date::Parse(order.accepted_on()));
  for (auto& [key, purchase_order] : purchase_orders) {
    purchase_order.ordered_on = accepted_on;
    InsertPurchaseOrder(tx, purchase_order);
  }
  return {};
}

}  // namespace continuo::contracts::app
