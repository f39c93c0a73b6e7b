#include "services/contracts/app/confirm_purchase_order.h"

#include "continuo/contracts/v1/events.pb.h"
#include "continuo/contracts/v1/purchase_order.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/contracts/app/initialise_schedule.h"
#include "services/contracts/app/read_purchase_orders.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {
namespace {

using postgres::IdOrNull;
using v1::PurchaseOrder;

// Who supplies it, once confirmed.
Result<std::string> SupplierOf(const PurchaseOrder& order, const std::string& named) {
  if (order.status() != v1::PURCHASE_ORDER_STATUS_OPEN) {
    return FailedPrecondition("PURCHASE_ORDER_NOT_OPEN",
                              "Purchase order " + order.id() +
                                  " is confirmed already. Nothing is left to confirm.",
                              {{"purchase_order_id", order.id()}});
  }
  if (order.supplier_id().empty() && named.empty()) {
    return FailedPrecondition(
        "PURCHASE_ORDER_NEEDS_SUPPLIER",
        "Purchase order " + order.id() + " has no supplier yet. Name one in supplier_id.",
        {{"purchase_order_id", order.id()}});
  }
  if (!order.supplier_id().empty() && !named.empty() && named != order.supplier_id()) {
    return FailedPrecondition(
        "SUPPLIER_ALREADY_CHOSEN",
        "Purchase order " + order.id() + " goes to " + order.supplier_id() +
            ". Leave supplier_id out, or name that one.",
        {{"purchase_order_id", order.id()}, {"supplier_id", order.supplier_id()}});
  }
  return named.empty() ? order.supplier_id() : named;
}

Result<PurchaseOrder> Confirm(postgres::Transaction& tx,
                              const v1::ConfirmPurchaseOrderRequest& request) {
  const auto found = tx.Run(sql::lock_purchase_order, IdOrNull("po", request.id()));
  if (found.empty()) return NotFound("purchase_order", request.id());
  const postgres::Row row = found.front();
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), row.Int("revision")));
  PurchaseOrder before;
  postgres::Fill(row, &before);
  tx.AuditBefore(before);
  ASSIGN_OR_RETURN(const std::string supplier_id, SupplierOf(before, request.supplier_id()));
  ASSIGN_OR_RETURN(const calendar::Zone zone, calendar::Zone::Find(row.Text("time_zone")));
  const auto revision =
      tx.Run(sql::update_purchase_order_confirmed, IdOrNull("po", request.id()),
             IdOrNull("sup", supplier_id), tx.Today(zone))
          .front()
          .Int("revision");
  v1::PurchaseOrderConfirmed event;
  event.set_id(request.id());
  event.set_revision(revision);
  event.set_account_id(before.account_id());
  event.set_supplier_id(supplier_id);
  events::Append(tx, event, {.source_version = revision});
  return LoadPurchaseOrder(tx, request.id());
}

}  // namespace

Result<PurchaseOrder> ConfirmPurchaseOrder(postgres::Database& database, rpc::Peers& peers,
                                           const rpc::Call& call,
                                           const v1::ConfirmPurchaseOrderRequest& request) {
  RETURN_IF_FAULT(CheckSupplier(peers, call, request.supplier_id()));
  return database.Command<PurchaseOrder>(
      call, [&](postgres::Transaction& tx) { return Confirm(tx, request); });
}

}  // namespace continuo::contracts::app
