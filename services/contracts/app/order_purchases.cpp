#include "services/contracts/app/order_purchases.h"

#include "continuo/contracts/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/transaction.h"
#include "services/contracts/app/amounts.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {

using postgres::IdOrNull;

void InsertPurchaseOrder(postgres::Transaction& tx, const NewPurchaseOrder& order) {
  const auto id = ids::PurchaseOrderId::New();
  const money::Currency currency = order.lines.front().cost.currency();
  money::Money total = money::Money::Zero(currency);
  for (const NewPurchaseOrderLine& line : order.lines) total += line.cost;
  tx.Run(sql::insert_purchase_order, id,
         order.supplier_id.IsNil() ? postgres::Parameter() : postgres::Parameter(order.supplier_id),
         IdOrNull("acc", order.account_id), IdOrNull("div", order.division_id),
         IdOrNull("ctr", order.contract_id), IdOrNull("ord", order.order_id), currency.code(),
         total.minor(), order.ordered_on, tx.now());
  int position = 0;
  for (const NewPurchaseOrderLine& line : order.lines) {
    tx.Run(sql::insert_purchase_order_line, ids::NewUuid(), id, IdOrNull("acc", order.account_id),
           ++position, IdOrNull("ol", line.order_line_id), line.element,
           IdOrNull("sch", line.schedule_id), line.description, line.quantity, line.unit_cost,
           line.cost.minor(), currency.code());
  }
  v1::PurchaseOrderCreated event;
  event.set_id(id.ToString());
  event.set_revision(1);
  event.set_account_id(order.account_id);
  event.set_division_id(order.division_id);
  event.set_contract_id(order.contract_id);
  event.set_order_id(order.order_id);
  if (!order.supplier_id.IsNil()) event.set_supplier_id(order.supplier_id.ToString());
  SetMoney(total, event.mutable_total());
  events::Append(tx, event, {.source_version = 1});
}

}  // namespace continuo::contracts::app
