// A supplier has confirmed a purchase order.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
class Peers;
}  // namespace continuo::rpc
namespace continuo::contracts::v1 {
class ConfirmPurchaseOrderRequest;
class PurchaseOrder;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::PurchaseOrder> ConfirmPurchaseOrder(postgres::Database& database, rpc::Peers& peers,
                                               const rpc::Call& call,
                                               const v1::ConfirmPurchaseOrderRequest& request);

}  // namespace continuo::contracts::app
