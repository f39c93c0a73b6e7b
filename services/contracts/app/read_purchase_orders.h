// Reading purchase orders.
#pragma once

#include <string>

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::rpc {
struct Call;
}
namespace continuo::contracts::v1 {
class GetPurchaseOrderRequest;
class ListPurchaseOrdersRequest;
class ListPurchaseOrdersResponse;
class PurchaseOrder;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::PurchaseOrder> GetPurchaseOrder(postgres::Database& database, const rpc::Call& call,
                                           const v1::GetPurchaseOrderRequest& request);
Result<v1::ListPurchaseOrdersResponse> ListPurchaseOrders(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListPurchaseOrdersRequest& request);

// With its lines, within a transaction. NOT_FOUND.
Result<v1::PurchaseOrder> LoadPurchaseOrder(postgres::Transaction& tx, const std::string& id);

}  // namespace continuo::contracts::app
