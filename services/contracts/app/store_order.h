// What an order adds to a contract, whether it makes the contract or changes it: its lines, its
// schedules and the purchases of its acceptance.
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

struct ContractPlan;

// Nothing got lost between quoting and here: CONTROL_TOTALS_DIFFER otherwise.
Result<void> CheckTotals(const quoting::v1::OrderAccepted& accepted,
                         const quoting::v1::Order& order);

// The contract exists. Schedules that the plan wants begun are.
Result<void> StoreOrder(postgres::Transaction& tx, const quoting::v1::Order& order,
                        const ContractPlan& plan);

}  // namespace continuo::contracts::app
