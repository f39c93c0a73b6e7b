#include "services/quoting/app/finance_sheet.h"

#include "continuo/quoting/v1/finance_sheet.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/postgres/database.h"
#include "services/quoting/app/amounts.h"
#include "services/quoting/app/delivery_schedule.h"
#include "services/quoting/app/finance_table.h"
#include "services/quoting/app/show.h"
#include "services/quoting/domain/billing_plan.h"
#include "services/quoting/store/product_json.h"

namespace continuo::quoting::app {
namespace {

using calendar::Date;

Result<calendar::Cycle> CycleOf(const catalogue::v1::Period& period) {
  ASSIGN_OR_RETURN(const domain::Period read, store::ReadPeriod(period));
  return domain::CycleOf(read);
}

Result<std::string> DiscountPercent(const v1::OrderLine& line) {
  ASSIGN_OR_RETURN(const money::Money list, MoneyOf(line.list_amount()));
  ASSIGN_OR_RETURN(const money::Money net, MoneyOf(line.net_amount()));
  if (list.IsZero()) return std::string("0");
  ASSIGN_OR_RETURN(const money::Decimal percent,
                   money::RoundToDecimal(
                       (money::Ratio(1) - net.ToRatio() / list.ToRatio()) * money::Ratio(100), 4));
  return percent.ToString();
}

Result<void> WriteLine(const v1::OrderLine& from, v1::FinanceLine* to) {
  to->set_order_line_id(from.id());
  to->set_position(from.position());
  to->set_product_code(from.product_code());
  to->set_product_name(from.product_name());
  to->set_product_version(from.product_version());
  to->set_bundle_code(from.bundle_code());
  to->set_group(from.group());
  to->set_kind(from.kind());
  to->set_quantity(from.quantity());
  to->set_unit(from.unit());
  to->set_service_level(from.service_level());
  to->set_list_unit_price(from.list_unit_price());
  to->set_net_unit_price(from.net_unit_price());
  ASSIGN_OR_RETURN(const std::string discount, DiscountPercent(from));
  to->set_discount_percent(discount);
  *to->mutable_net_amount() = from.net_amount();
  to->set_periods(from.periods());
  *to->mutable_term_total() = from.term_total();
  *to->mutable_ssp_total() = from.ssp_total();
  if (from.has_billing()) *to->mutable_billing() = from.billing();
  if (from.has_term()) *to->mutable_term() = from.term();
  to->set_start_on(from.start_on());
  to->set_tax_code(from.tax_code());
  to->set_revenue_rule(from.revenue_rule());
  if (!from.term().has_length()) return {};
  ASSIGN_OR_RETURN(const Date first, Date::Parse(from.start_on()));
  ASSIGN_OR_RETURN(const calendar::Cycle length, CycleOf(from.term().length()));
  to->set_end_on(domain::LastDay(first, length).ToString());
  return {};
}

Result<domain::BilledLine> BilledLineOf(const v1::OrderLine& line, const v1::Order& order) {
  domain::BilledLine billed{.periods = line.periods()};
  ASSIGN_OR_RETURN(billed.amount, MoneyOf(line.net_amount()));
  if (line.kind() != catalogue::v1::PRODUCT_KIND_RECURRING) {
    // One-off lines are billable once the order is accepted.
    ASSIGN_OR_RETURN(billed.first_day, Date::Parse(order.accepted_on()));
    return billed;
  }
  ASSIGN_OR_RETURN(billed.first_day, Date::Parse(line.start_on()));
  ASSIGN_OR_RETURN(billed.cycle, CycleOf(line.billing().period()));
  billed.in_arrears = line.billing().timing() == catalogue::v1::BILLING_TIMING_ARREARS;
  return billed;
}

Result<v1::FinanceSheet> SheetOf(const v1::Order& order) {
  v1::FinanceSheet sheet;
  sheet.set_order_id(order.id());
  sheet.set_order_number(order.number());
  sheet.set_kind(order.kind());
  sheet.set_account_id(order.account_id());
  sheet.set_division_id(order.division_id());
  sheet.set_contract_id(order.contract_id());
  sheet.set_quote_id(order.quote_id());
  sheet.set_quote_version(order.quote_version());
  sheet.set_currency(order.currency());
  sheet.set_accepted_on(order.accepted_on());
  sheet.set_start_on(order.start_on());
  sheet.set_payment_days(order.payment_days());
  sheet.set_content_hash(order.content_hash());
  *sheet.mutable_one_off_total() = order.one_off_total();
  *sheet.mutable_monthly_total() = order.monthly_total();
  *sheet.mutable_term_total() = order.term_total();
  std::vector<domain::BilledLine> billed;
  for (const v1::OrderLine& line : order.lines()) {
    RETURN_IF_FAULT(WriteLine(line, sheet.add_lines()));
    ASSIGN_OR_RETURN(billed.emplace_back(), BilledLineOf(line, order));
  }
  ASSIGN_OR_RETURN(const money::Currency currency, money::Currency::Parse(order.currency()));
  for (const auto& [day, billing] : domain::PlanBilling(billed, currency)) {
    v1::PlannedBilling& planned = *sheet.add_billing();
    planned.set_bill_on(day.ToString());
    planned.set_due_on(day.AddDays(order.payment_days()).ToString());
    SetMoney(billing.amount, planned.mutable_amount());
    planned.set_lines(billing.lines);
  }
  AddDeliverySchedule(order, &sheet);
  return sheet;
}

std::string TableOf(const v1::FinanceSheet& sheet, v1::FinanceSheetPart part) {
  switch (part) {
    case v1::FINANCE_SHEET_PART_BILLING:
      return BillingTable(sheet);
    case v1::FINANCE_SHEET_PART_DELIVERIES:
      return DeliveryTable(sheet);
    default:
      return LineTable(sheet);
  }
}

Result<v1::FinanceSheet> FindSheet(const App& app, const rpc::Call& call,
                                   const std::string& order_id) {
  const Result<ids::OrderId> id = ids::OrderId::Parse(order_id);
  if (!id) return NotFound("order", order_id);
  ASSIGN_OR_RETURN(const v1::Order order, app.database.Read(call, [&](postgres::Transaction& tx) {
    return ShowOrder(tx, *id);
  }));
  return SheetOf(order);
}

}  // namespace

Result<v1::FinanceSheet> GetFinanceSheet(const App& app, const rpc::Call& call,
                                         const v1::GetFinanceSheetRequest& request) {
  return FindSheet(app, call, request.order_id());
}

Result<google::api::HttpBody> GetFinanceSheetTable(
    const App& app, const rpc::Call& call, const v1::GetFinanceSheetTableRequest& request) {
  ASSIGN_OR_RETURN(const v1::FinanceSheet sheet, FindSheet(app, call, request.order_id()));
  google::api::HttpBody table;
  table.set_content_type("text/csv; charset=utf-8; header=present");
  table.set_data(TableOf(sheet, request.part()));
  return table;
}

}  // namespace continuo::quoting::app
