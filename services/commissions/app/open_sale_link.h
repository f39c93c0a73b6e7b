// A contract was sold: its sale link is opened from the order.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class Order;
}
namespace continuo::type::v1 {
class ControlTotals;
}

namespace continuo::commissions::app {

// Safe to repeat. CONTROL_TOTALS_DIFFER when lines were lost on the way.
Result<void> OpenSaleLink(postgres::Transaction& tx, const quoting::v1::Order& order,
                          const type::v1::ControlTotals& announced);

}  // namespace continuo::commissions::app
