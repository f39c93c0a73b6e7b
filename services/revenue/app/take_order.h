// An accepted order becomes a revenue contract: an obligation for each line, the price allocated
// over them by the standalone selling prices of that day.
//
// What is sold once is earned at acceptance; what recurs waits for its schedule's dates. A product
// that names no revenue rule is earned at once where it is sold once, else by months.
#pragma once

#include "libs/calendar/date.h"
#include "libs/result/result.h"
#include "services/revenue/domain/obligation.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class Order;
class OrderLine;
}  // namespace continuo::quoting::v1
namespace continuo::type::v1 {
class ControlTotals;
}

namespace continuo::revenue::app {

// Each order once. CONTROL_TOTALS_DIFFER when its lines do not add up to what its event announced.
Result<void> TakeOrder(postgres::Transaction& tx, const quoting::v1::Order& order,
                       const type::v1::ControlTotals& announced);

// What a line promises on the day of acceptance: without service where it recurs.
Result<domain::Obligation> ObligationOf(const quoting::v1::OrderLine& line,
                                        calendar::Date accepted_on);

}  // namespace continuo::revenue::app
