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

  void Add(const NewItem& item) {
    ids.emplace_back(ids::BillableItemId::New());
    contract_ids.push_back(IdOrNull("ctr", item.contract_id));
    order_ids.push_back(IdOrNull("ord", item.order_id));
    order_line_ids.push_back(IdOrNull("ol", item.order_line_id));
    schedule_ids.push_back(IdOrNull("sch", item.schedule_id));
    schedule_line_ids.push_back(IdOrNull("sl", item.schedule_line_id));
    descriptions.emplace_back(item.description);
    quantities.emplace_back(item.quantity);
    period_starts.push_back(NullIfEmpty(item.period_start));
    period_ends.push_back(NullIfEmpty(item.period_end));
    bill_ons.emplace_back(item.bill_on);
    amounts.emplace_back(item.amount.minor());
    currencies.emplace_back(item.amount.currency().code());
    tax_codes.emplace_back(item.tax_code);
    payment_days.emplace_back(item.payment_days);
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

std::string TaxCodeOf(const std::string& tax_code) {
  return tax_code.empty() ? std::string(domain::kStandardTaxCode) : tax_code;
}

}  // namespace

Result<std::vector<NewItem>> OneOffItems(const quoting::v1::Order& order) {
  ASSIGN_OR_RETURN(const calendar::Date accepted_on, calendar::Date::Parse(order.accepted_on()));
  std::vector<NewItem> items;
  for (const quoting::v1::OrderLine& line : order.lines()) {
    if (line.kind() != catalogue::v1::PRODUCT_KIND_ONE_OFF) continue;
    ASSIGN_OR_RETURN(const money::Money amount, ReadAmount(line.net_amount(), "/net_amount"));
    items.push_back({.contract_id = order.contract_id(),
                     .order_id = order.id(),
                     .order_line_id = line.id(),
                     .description = line.product_name(),
                     .quantity = line.quantity(),
                     .bill_on = accepted_on,
                     .amount = amount,
                     .tax_code = TaxCodeOf(line.tax_code()),
                     .payment_days = order.payment_days()});
  }
  return items;
}

Result<NewItem> ReleasedItem(const contracts::v1::ReleasedLine& line) {
  NewItem item{.contract_id = line.contract_id(),
               .order_id = line.order_id(),
               .order_line_id = line.order_line_id(),
               .schedule_id = line.schedule_id(),
               .schedule_line_id = line.schedule_line_id(),
               .description = line.description(),
               .quantity = line.quantity(),
               .period_start = line.period_start(),
               .period_end = line.period_end(),
               .tax_code = TaxCodeOf(line.tax_code()),
               .payment_days = line.payment_days()};
  ASSIGN_OR_RETURN(item.bill_on, calendar::Date::Parse(line.bill_on()));
  ASSIGN_OR_RETURN(item.amount, ReadAmount(line.amount(), "/amount"));
  return item;
}

Result<void> TakeOrder(postgres::Transaction& tx, const quoting::v1::Order& order,
                       const type::v1::ControlTotals& announced) {
  ItemColumns items;
  events::ControlTotals counted;
  for (const quoting::v1::OrderLine& line : order.lines()) {
    ASSIGN_OR_RETURN(const money::Money term_total, ReadAmount(line.term_total(), "/term_total"));
    counted.Add(line.term_total().currency(), term_total.minor());
  }
  ASSIGN_OR_RETURN(const std::vector<NewItem> one_off, OneOffItems(order));
  for (const NewItem& item : one_off) items.Add(item);
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
    ASSIGN_OR_RETURN(const NewItem item, ReleasedItem(line));
    counted.Add(line.amount().currency(), item.amount.minor());
    items.Add(item);
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
