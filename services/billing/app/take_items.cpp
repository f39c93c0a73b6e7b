#include "services/billing/app/take_items.h"

#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/control_totals.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "services/billing/app/amounts.h"
#include "services/billing/domain/tax.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Parameter;

// The columns of insert_billable_items, one element for each item.
struct ItemColumns {
  std::vector<Parameter> ids, contract_ids, order_ids, order_line_ids, schedule_ids,
      schedule_line_ids, descriptions, quantities, period_starts, period_ends, bill_ons, amounts,
      currencies, tax_codes, payment_days;

  void AddTaxCode(const std::string& tax_code) {
    tax_codes.emplace_back(tax_code.empty() ? std::string(domain::kStandardTaxCode) : tax_code);
  }
  void AddAmount(money::Money amount) {
    amounts.emplace_back(amount.minor());
    currencies.emplace_back(amount.currency().code());
  }
};

struct ItemsOf {
  std::string account_id;
  std::string division_id;
  std::string source;
  std::string release_batch_id;
};

void Insert(postgres::Transaction& tx, const ItemsOf& of, const ItemColumns& items) {
  if (items.ids.empty()) return;
  const auto array = [](const std::vector<Parameter>& values) { return Parameter::Array(values); };
  tx.Run(sql::insert_billable_items, IdOrNull("acc", of.account_id),
         IdOrNull("div", of.division_id), of.source, IdOrNull("rb", of.release_batch_id), tx.now(),
         array(items.ids), array(items.contract_ids), array(items.order_ids),
         array(items.order_line_ids), array(items.schedule_ids), array(items.schedule_line_ids),
         array(items.descriptions), array(items.quantities), array(items.period_starts),
         array(items.period_ends), array(items.bill_ons), array(items.amounts),
         array(items.currencies), array(items.tax_codes), array(items.payment_days));
}

Result<events::ControlTotals> ReadTotals(const type::v1::ControlTotals& message) {
  events::ControlTotals totals{.count = message.count()};
  for (const type::v1::Money& sum : message.sums()) {
    ASSIGN_OR_RETURN(const money::Money amount, ReadAmount(sum, "/control_totals/sums"));
    totals.minor_by_currency[sum.currency()] += amount.minor();
  }
  return totals;
}

void AddOneOffLine(const quoting::v1::Order& order, const quoting::v1::OrderLine& line,
                   money::Money amount, ItemColumns* items) {
  items->ids.emplace_back(ids::BillableItemId::New());
  items->contract_ids.push_back(IdOrNull("ctr", order.contract_id()));
  items->order_ids.push_back(IdOrNull("ord", order.id()));
  items->order_line_ids.push_back(IdOrNull("ol", line.id()));
  items->schedule_ids.emplace_back();
  items->schedule_line_ids.emplace_back();
  items->descriptions.emplace_back(line.product_name());
  items->quantities.emplace_back(line.quantity());
  items->period_starts.emplace_back();
  items->period_ends.emplace_back();
  items->bill_ons.emplace_back(order.accepted_on());
  items->AddAmount(amount);
  items->AddTaxCode(line.tax_code());
  items->payment_days.emplace_back(order.payment_days());
}

void AddReleasedLine(const contracts::v1::ReleasedLine& line, money::Money amount,
                     ItemColumns* items) {
  items->ids.emplace_back(ids::BillableItemId::New());
  items->contract_ids.push_back(IdOrNull("ctr", line.contract_id()));
  items->order_ids.push_back(IdOrNull("ord", line.order_id()));
  items->order_line_ids.push_back(IdOrNull("ol", line.order_line_id()));
  items->schedule_ids.push_back(IdOrNull("sch", line.schedule_id()));
  items->schedule_line_ids.push_back(IdOrNull("sl", line.schedule_line_id()));
  items->descriptions.emplace_back(line.description());
  items->quantities.emplace_back(line.quantity());
  items->period_starts.push_back(NullIfEmpty(line.period_start()));
  items->period_ends.push_back(NullIfEmpty(line.period_end()));
  items->bill_ons.emplace_back(line.bill_on());
  items->AddAmount(amount);
  items->AddTaxCode(line.tax_code());
  items->payment_days.emplace_back(line.payment_days());
}

}  // namespace

Result<void> TakeOrder(postgres::Transaction& tx, const quoting::v1::Order& order,
                       const type::v1::ControlTotals& announced) {
  ItemColumns items;
  events::ControlTotals counted;
  for (const quoting::v1::OrderLine& line : order.lines()) {
    ASSIGN_OR_RETURN(const money::Money term_total, ReadAmount(line.term_total(), "/term_total"));
    counted.Add(line.term_total().currency(), term_total.minor());
    if (line.kind() != catalogue::v1::PRODUCT_KIND_ONE_OFF) continue;
    ASSIGN_OR_RETURN(const money::Money amount, ReadAmount(line.net_amount(), "/net_amount"));
    AddOneOffLine(order, line, amount, &items);
  }
  ASSIGN_OR_RETURN(const events::ControlTotals expected, ReadTotals(announced));
  RETURN_IF_FAULT(counted.Check(expected));
  Insert(tx,
         {.account_id = order.account_id(),
          .division_id = order.division_id(),
          .source = "order_line"},
         items);
  return {};
}

Result<void> TakeReleaseBatch(postgres::Transaction& tx, const contracts::v1::ReleaseBatch& batch,
                              const type::v1::ControlTotals& announced) {
  ItemColumns items;
  events::ControlTotals counted;
  for (const contracts::v1::ReleasedLine& line : batch.lines()) {
    ASSIGN_OR_RETURN(const money::Money amount, ReadAmount(line.amount(), "/amount"));
    counted.Add(line.amount().currency(), amount.minor());
    AddReleasedLine(line, amount, &items);
  }
  ASSIGN_OR_RETURN(const events::ControlTotals expected, ReadTotals(announced));
  RETURN_IF_FAULT(counted.Check(expected));
  Insert(tx,
         {.account_id = batch.account_id(),
          .division_id = batch.division_id(),
          .source = "schedule_line",
          .release_batch_id = batch.id()},
         items);
  return {};
}

}  // namespace continuo::billing::app
