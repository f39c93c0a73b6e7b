// Taking what may be billed from its owners: one-off lines of accepted orders, released schedule
// lines. Each source once, whatever is delivered twice; totals are counted again and compared.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::contracts::v1 {
class ReleaseBatch;
}
namespace continuo::quoting::v1 {
class Order;
}
namespace continuo::type::v1 {
class ControlTotals;
}

namespace continuo::billing::app {

// CONTROL_TOTALS_DIFFER when the order's lines do not add up to what its event announced.
Result<void> TakeOrder(postgres::Transaction& tx, const quoting::v1::Order& order,
                       const type::v1::ControlTotals& announced);
Result<void> TakeReleaseBatch(postgres::Transaction& tx, const contracts::v1::ReleaseBatch& batch,
                              const type::v1::ControlTotals& announced);

}  // namespace continuo::billing::app
