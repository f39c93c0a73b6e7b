// Billable items as their users see them: read, keep from being billed, let be billed again.
#pragma once

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::billing::v1 {
class BillableItem;
class GetBillableItemRequest;
class ListBillableItemsRequest;
class ListBillableItemsResponse;
class RestoreBillableItemRequest;
class SetAsideBillableItemRequest;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::BillableItem> GetBillableItem(const App& app, const rpc::Call& call,
                                         const v1::GetBillableItemRequest& request);
Result<v1::ListBillableItemsResponse> ListBillableItems(
    const App& app, const rpc::Call& call, const v1::ListBillableItemsRequest& request);
Result<v1::BillableItem> SetAsideBillableItem(const App& app, const rpc::Call& call,
                                              const v1::SetAsideBillableItemRequest& request);
Result<v1::BillableItem> RestoreBillableItem(const App& app, const rpc::Call& call,
                                             const v1::RestoreBillableItemRequest& request);

}  // namespace continuo::billing::app
