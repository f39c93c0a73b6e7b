#include "services/contracts/app/preview_contract.h"

#include "continuo/contracts/v1/preview.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/app/change_contract.h"
#include "services/contracts/app/end_schedule.h"
#include "services/contracts/app/plan_contract.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using domain::GeneratedLines;
using quoting::v1::Order;
using quoting::v1::OrderLine;

Result<void> ShowContract(const Order& order, Date start, v1::PreviewedContract* contract) {
  contract->set_start_on(start.ToString());
  contract->set_currency(order.currency());
  contract->set_time_zone(order.time_zone());
  contract->set_payment_days(order.payment_days());
  *contract->mutable_term_total() = order.term_total();
  for (const OrderLine& line : order.lines()) {
    v1::ContractLine& shown = *contract->add_lines();
    ASSIGN_OR_RETURN(const Date effective_on, StartOf(order, line));
    shown.set_position(line.position());
    shown.set_product_id(line.product_id());
    shown.set_product_version(line.product_version());
    shown.set_product_code(line.product_code());
    shown.set_product_name(line.product_name());
    shown.set_kind(line.kind());
    shown.set_unit(line.unit());
    shown.set_quantity(line.quantity());
    shown.set_service_level(line.service_level());
    *shown.mutable_net_amount() = line.net_amount();
    *shown.mutable_term_total() = line.term_total();
    shown.set_effective_on(effective_on.ToString());
  }
  return {};
}

void ShowLine(const domain::Line& line, v1::ScheduleLine* shown) {
  shown->set_sequence(line.sequence);
  shown->set_period_start(line.period.start.ToString());
  shown->set_period_end(line.period.end.ToString());
  shown->set_bill_on(line.bill_on.ToString());
  shown->set_release_on(line.release_on.ToString());
  SetMoney(line.amount, shown->mutable_amount());
  shown->set_state(v1::SCHEDULE_LINE_STATE_PENDING);
}

// As select_released_lines.sql hands it over.
void Release(const Order& order, const v1::Schedule& schedule, const domain::Line& line,
             v1::ReleasedLine* released) {
  released->set_order_line_id(schedule.order_line_id());
  released->set_description(schedule.description());
  released->set_quantity(schedule.quantity());
  released->set_period_start(line.period.start.ToString());
  released->set_period_end(line.period.end.ToString());
  released->set_bill_on(line.bill_on.ToString());
  SetMoney(line.amount, released->mutable_amount());
  released->set_tax_code(schedule.tax_code());
  released->set_payment_days(order.payment_days());
}

void ShowSchedule(const Order& order, const PlannedSchedule& planned, const GeneratedLines& made,
                  Date before, v1::PreviewContractResponse* answer) {
  v1::PreviewedSchedule& shown = *answer->add_schedules();
  shown.set_line_id(order.lines(planned.line).quote_line_id());
  shown.set_line_count(static_cast<int>(made.lines.size()));
  shown.set_initialised_at_acceptance(planned.initialised_at_acceptance);
  v1::Schedule& schedule = *shown.mutable_schedule();
  schedule = *planned.schedule;
  schedule.set_start_on(made.term.start.ToString());
  schedule.set_end_on(made.term.end.ToString());
  SetMoney(made.total, schedule.mutable_term_total());
  const bool sold = planned.element == 0;
  if (sold && schedule.end_on() > answer->contract().end_on()) {
    answer->mutable_contract()->set_end_on(schedule.end_on());
  }
  for (const domain::Line& line : made.lines) {
    if (line.bill_on >= before) continue;
    ShowLine(line, shown.add_lines());
    if (sold) Release(order, schedule, line, answer->add_released());
  }
}

void ShowPurchase(const NewPurchaseOrder& made, v1::PurchaseOrder* shown) {
  const money::Currency currency = made.lines.front().cost.currency();
  shown->set_status(v1::PURCHASE_ORDER_STATUS_OPEN);
  if (!made.supplier_id.IsNil()) shown->set_supplier_id(made.supplier_id.ToString());
  shown->set_account_id(made.account_id);
  shown->set_division_id(made.division_id);
  shown->set_currency(currency.ToString());
  shown->set_ordered_on(made.ordered_on.ToString());
  money::Money total = money::Money::Zero(currency);
  int position = 0;
  for (const NewPurchaseOrderLine& line : made.lines) {
    total += line.cost;
    v1::PurchaseOrderLine& shown_line = *shown->add_lines();
    shown_line.set_position(++position);
    shown_line.set_order_line_id(line.order_line_id);
    shown_line.set_description(line.description);
    shown_line.set_quantity(line.quantity);
    shown_line.set_unit_cost(line.unit_cost.ToString());
    SetMoney(line.cost, shown_line.mutable_cost());
  }
  SetMoney(total, shown->mutable_total());
}

Result<void> ShowEnd(postgres::Transaction& tx, const Order& order, const OrderLine& line,
                     v1::PreviewContractResponse* answer) {
  const quoting::v1::ContractChange& change = line.change();
  const postgres::Rows found =
      tx.Run(sql::find_sold_schedule, postgres::IdOrNull("ctr", order.contract_id()),
             postgres::IdOrNull("ol", change.order_line_id()));
  if (found.empty()) return NotFound("schedule of order line", change.order_line_id());
  v1::Schedule schedule;
  postgres::Fill(found.front(), &schedule);
  ASSIGN_OR_RETURN(const Date end, Date::Parse(change.effective_on()));
  ASSIGN_OR_RETURN(const domain::ScheduleTerms terms, TermsOf(schedule));
  RETURN_IF_FAULT(domain::MayCancel(StateOf(schedule)));
  ASSIGN_OR_RETURN(const domain::Cancellation decided,
                   domain::CancelFrom(terms, TermOf(schedule), LoadLiveLines(tx, schedule).lines, end));
  v1::PreviewedEnd& shown = *answer->add_ends();
  shown.set_line_id(line.quote_line_id());
  shown.set_schedule_id(schedule.id());
  shown.set_order_line_id(change.order_line_id());
  shown.set_end_on(change.effective_on());
  SetMoney(decided.voided_amount, shown.mutable_voided());
  SetMoney(decided.unserved_amount, shown.mutable_unserved());
  return {};
}

// What ends of the running contract: the only part that is read, since it is there already.
Result<void> ShowEnds(postgres::Database& database, const rpc::Call& call, const Order& order,
                      v1::PreviewContractResponse* answer) {
  if (order.kind() != quoting::v1::ORDER_KIND_CHANGE) return {};
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<void> {
    for (const OrderLine& line : order.lines()) {
      if (EndsALine(line)) RETURN_IF_FAULT(ShowEnd(tx, order, line, answer));
    }
    return {};
  });
}

}  // namespace

Result<v1::PreviewContractResponse> PreviewContract(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::PreviewContractRequest& request) {
  const Order& order = request.order();
  ASSIGN_OR_RETURN(const Date before, Date::Parse(request.before()));
  ASSIGN_OR_RETURN(const Date accepted_on, Date::Parse(order.accepted_on()));
  ASSIGN_OR_RETURN(const ContractPlan plan, PlanContract(order));
  v1::PreviewContractResponse answer;
  RETURN_IF_FAULT(ShowContract(order, plan.start, answer.mutable_contract()));
  RETURN_IF_FAULT(ShowEnds(database, call, order, &answer));
  for (const NewPurchaseOrder& purchase : plan.purchase_orders) {
    ShowPurchase(purchase, answer.add_purchase_orders());
  }
  for (const PlannedSchedule& planned : plan.schedules) {
    ASSIGN_OR_RETURN(const domain::ScheduleTerms terms, TermsOf(*planned.schedule));
    ASSIGN_OR_RETURN(const Date start, Date::Parse(planned.schedule->agreed_start_on()));
    ASSIGN_OR_RETURN(const GeneratedLines made, domain::GenerateLines(terms, start));
    ShowSchedule(order, planned, made, before, &answer);
    const bool ordered_later = planned.element > 0 && !planned.ordered_at_acceptance;
    if (!ordered_later) continue;
    ShowPurchase(PurchaseOf(*planned.schedule, planned.element, planned.unit_cost,
                            StateOf(*planned.schedule).supplier_id, accepted_on, made.total),
                 answer.add_purchase_orders());
  }
  return answer;
}

}  // namespace continuo::contracts::app
