#include "services/contracts/app/plan_contract.h"

#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/app/schedule_terms.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using catalogue::v1::Purchasing;
using quoting::v1::Order;
using quoting::v1::OrderLine;

std::shared_ptr<v1::Schedule> PendingSchedule(const Order& order, const OrderLine& line,
                                              Date agreed_start) {
  auto schedule = std::make_shared<v1::Schedule>();
  schedule->set_id(ids::ScheduleId::New().ToString());
  schedule->set_account_id(order.account_id());
  schedule->set_division_id(order.division_id());
  schedule->set_contract_id(order.contract_id());
  schedule->set_order_id(order.id());
  schedule->set_order_line_id(line.id());
  schedule->set_status(v1::SCHEDULE_STATUS_PENDING);
  schedule->set_quantity(line.quantity());
  *schedule->mutable_term() = line.term();
  schedule->set_agreed_start_on(agreed_start.ToString());
  return schedule;
}

// Nothing is served under a line that only ends another.
bool IsTermination(const OrderLine& line) {
  return line.change().kind() == quoting::v1::CONTRACT_CHANGE_KIND_TERMINATE;
}

// What remains of a reduced line has its purchases already: they are never cancelled silently, and
// never bought twice.
bool BuysNothing(const OrderLine& line) {
  return IsTermination(line) ||
         line.change().kind() == quoting::v1::CONTRACT_CHANGE_KIND_REDUCE;
}

Result<void> SellSide(const Order& order, int index, ContractPlan* plan) {
  const OrderLine& line = order.lines(index);
  if (line.kind() != catalogue::v1::PRODUCT_KIND_RECURRING || IsTermination(line)) return {};
  ASSIGN_OR_RETURN(const Date start, StartOf(order, line));
  const auto schedule = PendingSchedule(order, line, start);
  schedule->set_side(v1::SCHEDULE_SIDE_SELL);
  schedule->set_description(line.product_name());
  *schedule->mutable_amount() = line.net_amount();
  *schedule->mutable_term_total() = line.term_total();
  *schedule->mutable_billing() = line.billing();
  schedule->set_service_level(line.service_level());
  schedule->set_tax_code(line.tax_code());
  plan->schedules.push_back(
      {.schedule = schedule,
       .line = index,
       .element = 0,
       .unit_cost = {},
       .initialised_at_acceptance =
           line.has_change() ||
           line.billing().initialise() == catalogue::v1::INITIALISE_ON_ACCEPTANCE});
  return {};
}

// The pending schedule of a recurring purchase: its own currency, period and lead.
std::shared_ptr<v1::Schedule> BuySchedule(const Order& order, const OrderLine& line,
                                          const Purchasing& purchasing,
                                          const domain::Purchase& purchase,
                                          const domain::SoldLine& sold) {
  auto schedule = PendingSchedule(order, line, sold.start);
  schedule->set_side(v1::SCHEDULE_SIDE_BUY);
  schedule->set_description(purchasing.name());
  schedule->set_supplier_id(purchasing.supplier_id());
  SetMoney(purchase.cost, schedule->mutable_amount());
  SetMoney(purchase.term_cost, schedule->mutable_term_total());
  *schedule->mutable_billing()->mutable_period() = purchasing.period();
  schedule->mutable_billing()->set_timing(purchasing.timing());
  schedule->mutable_billing()->set_lead_days(purchasing.lead_days());
  if (!sold.term) *schedule->mutable_term()->mutable_length() = purchasing.period();
  return schedule;
}

NewPurchaseOrder& OrderFor(const domain::SupplierAndCurrency& key, const Order& order,
                           std::vector<NewPurchaseOrder>* orders) {
  for (NewPurchaseOrder& existing : *orders) {
    const money::Currency currency = existing.lines.front().cost.currency();
    if (domain::SupplierAndCurrency{existing.supplier_id, currency} == key) return existing;
  }
  return orders->emplace_back(NewPurchaseOrder{.contract_id = order.contract_id(),
                                               .order_id = order.id(),
                                               .account_id = order.account_id(),
                                               .division_id = order.division_id(),
                                               .supplier_id = key.supplier_id,
                                               .ordered_on = {},
                                               .lines = {}});
}

Result<domain::SoldLine> SoldLineOf(const Order& order, const OrderLine& line) {
  domain::SoldLine sold;
  ASSIGN_OR_RETURN(sold.quantity, money::Decimal::Parse(line.quantity()));
  ASSIGN_OR_RETURN(sold.start, StartOf(order, line));
  if (line.term().has_length()) {
    ASSIGN_OR_RETURN(sold.term, CycleOf(line.term().length()));
  }
  return sold;
}

Result<void> BuySide(const Order& order, int index, ContractPlan* plan) {
  const OrderLine& line = order.lines(index);
  if (BuysNothing(line)) return {};
  ASSIGN_OR_RETURN(const domain::SoldLine sold, SoldLineOf(order, line));
  int number = 0;
  for (const Purchasing& purchasing : line.purchasing()) {
    ++number;
    ASSIGN_OR_RETURN(const domain::PurchaseElement element, ElementOf(purchasing));
    ASSIGN_OR_RETURN(const domain::Purchase purchase, domain::PlanPurchase(element, sold));
    std::string schedule_id;
    if (purchase.terms) {
      const auto schedule = BuySchedule(order, line, purchasing, purchase, sold);
      schedule_id = schedule->id();
      plan->schedules.push_back({.schedule = schedule,
                                 .line = index,
                                 .element = number,
                                 .unit_cost = element.unit_cost,
                                 .ordered_at_acceptance = purchase.ordered_at_acceptance});
    }
    if (!purchase.ordered_at_acceptance) continue;
    OrderFor({element.supplier_id, element.currency}, order, &plan->purchase_orders)
        .lines.push_back({.order_line_id = line.id(),
                          .element = number,
                          .schedule_id = schedule_id,
                          .description = purchasing.name(),
                          .quantity = line.quantity(),
                          .unit_cost = element.unit_cost,
                          .cost = purchase.term_cost});
  }
  return {};
}

}  // namespace

Result<Date> StartOf(const Order& order) {
  return Date::Parse(order.start_on().empty() ? order.accepted_on() : order.start_on());
}

Result<Date> StartOf(const Order& order, const OrderLine& line) {
  return line.start_on().empty() ? StartOf(order) : Date::Parse(line.start_on());
}

NewPurchaseOrder PurchaseOf(const v1::Schedule& schedule, int element,
                            const std::optional<money::Decimal>& unit_cost,
                            ids::SupplierId supplier, Date ordered_on, const money::Money& cost) {
  return {.contract_id = schedule.contract_id(),
          .order_id = schedule.order_id(),
          .account_id = schedule.account_id(),
          .division_id = schedule.division_id(),
          .supplier_id = supplier,
          .ordered_on = ordered_on,
          .lines = {{.order_line_id = schedule.order_line_id(),
                     .element = element,
                     .schedule_id = schedule.id(),
                     .description = schedule.description(),
                     .quantity = schedule.quantity(),
                     .unit_cost = unit_cost.value_or(money::Decimal()),
                     .cost = cost}}};
}

Result<ContractPlan> PlanContract(const Order& order) {
  ContractPlan plan;
  ASSIGN_OR_RETURN(plan.start, StartOf(order));
  for (int index = 0; index < order.lines_size(); ++index) {
    RETURN_IF_FAULT(SellSide(order, index, &plan));
    RETURN_IF_FAULT(BuySide(order, index, &plan));
  }
  ASSIGN_OR_RETURN(const Date accepted_on, Date::Parse(order.accepted_on()));
  for (NewPurchaseOrder& purchase_order : plan.purchase_orders) {
    purchase_order.ordered_on = accepted_on;
  }
  return plan;
}

}  // namespace continuo::contracts::app
