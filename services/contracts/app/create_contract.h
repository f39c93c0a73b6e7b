// Makes the contract of an accepted order: lines, pending schedules of both sides, purchase orders.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class Order;
class OrderAccepted;
}  // namespace continuo::quoting::v1

namespace continuo::contracts::app {

// Within the consumer's transaction. Safe to repeat: an order takes effect once. The order's lines
// are counted again and compared with what its event and the order itself announced:
// CONTROL_TOTALS_DIFFER.
Result<void> CreateContract(postgres::Transaction& tx, const quoting::v1::OrderAccepted& accepted,
                            const quoting::v1::Order& order);

}  // namespace continuo::contracts::app
