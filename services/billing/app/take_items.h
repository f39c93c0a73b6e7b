// Taking what may be billed from its owners: one-off lines of accepted orders, released schedule
// lines. Each source once, whatever is delivered twice; totals are counted again and compared.
#pragma once

#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::contracts::v1 {
class ReleaseBatch;
class ReleasedLine;
}
namespace continuo::quoting::v1 {
class Order;
}
namespace continuo::type::v1 {
class ControlTotals;
}

namespace continuo::billing::app {

// An item as its owner's document says it; empty ids and periods: it has none.
struct NewItem {
  std::string contract_id, order_id, order_line_id, schedule_id, schedule_line_id;
  std::string description, quantity, period_start, period_end;
  calendar::Date bill_on;
  money::Money amount;
  std::string tax_code;
  int payment_days = 0;
};

// One for each one-off line: billable on the day of acceptance.
Result<std::vector<NewItem>> OneOffItems(const quoting::v1::Order& order);
Result<NewItem> ReleasedItem(const contracts::v1::ReleasedLine& line);

// CONTROL_TOTALS_DIFFER when the order's lines do not add up to what its event announced.
Result<void> TakeOrder(postgres::Transaction& tx, const quoting::v1::Order& order,
                       const type::v1::ControlTotals& announced);
Result<void> TakeReleaseBatch(postgres::Transaction& tx, const contracts::v1::ReleaseBatch& batch,
                              const type::v1::ControlTotals& announced);

}  // namespace continuo::billing::app
