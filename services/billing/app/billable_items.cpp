#include "services/billing/app/billable_items.h"

#include "continuo/billing/v1/billable_item.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

Result<v1::BillableItem> Load(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::get_billable_item, IdOrNull("bi", id));
  if (found.empty()) return NotFound("billable_item", id);
  v1::BillableItem item;
  postgres::Fill(found.front(), &item);
  return item;
}

}  // namespace

Result<v1::BillableItem> GetBillableItem(const App& app, const rpc::Call& call,
                                         const v1::GetBillableItemRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListBillableItemsResponse> ListBillableItems(
    const App& app, const rpc::Call& call, const v1::ListBillableItemsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListBillableItemsResponse> {
    v1::ListBillableItemsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_billable_items}, request, &response));
    return response;
  });
}

Result<v1::BillableItem> SetAsideBillableItem(const App& app, const rpc::Call& call,
                                              const v1::SetAsideBillableItemRequest& request) {
  return app.database.Command<v1::BillableItem>(
      call, [&](Transaction& tx) -> Result<v1::BillableItem> {
        ASSIGN_OR_RETURN(const v1::BillableItem before, Load(tx, request.id()));
        if (before.state() == v1::BILLABLE_ITEM_STATE_INVOICED) {
          return FailedPrecondition("BILLABLE_ITEM_INVOICED",
                                    "Item " + request.id() + " is on invoice " +
                                        before.invoice_id() +
                                        ". Void the draft, or credit the invoice.",
                                    {{"invoice_id", before.invoice_id()}});
        }
        tx.AuditBefore(before);
        tx.Run(sql::hold_item, IdOrNull("bi", request.id()), request.reason(), tx.now());
        return Load(tx, request.id());
      });
}

Result<v1::BillableItem> RestoreBillableItem(const App& app, const rpc::Call& call,
                                             const v1::RestoreBillableItemRequest& request) {
  return app.database.Command<v1::BillableItem>(
      call, [&](Transaction& tx) -> Result<v1::BillableItem> {
        ASSIGN_OR_RETURN(const v1::BillableItem before, Load(tx, request.id()));
        tx.AuditBefore(before);
        const bool restored =
            tx.Run(sql::restore_item, IdOrNull("bi", request.id())).affected() > 0;
        if (!restored) {
          return FailedPrecondition("BILLABLE_ITEM_NOT_SET_ASIDE",
                                    "Item " + request.id() + " is not set aside.",
                                    {{"id", request.id()}});
        }
        return Load(tx, request.id());
      });
}

}  // namespace continuo::billing::app
