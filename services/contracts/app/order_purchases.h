// Makes purchase orders: at acceptance for what is bought once or back to back, otherwise when the
// bought schedule gets its dates.
#pragma once

#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/ids/kinds.h"
#include "libs/money/money.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::contracts::app {

struct NewPurchaseOrderLine {
  std::string order_line_id;
  int element = 1;
  std::string schedule_id;  // empty: bought once
  std::string description;
  std::string quantity;
  money::Decimal unit_cost;
  money::Money cost;  // over the whole term
};

struct NewPurchaseOrder {
  std::string contract_id;
  std::string order_id;
  std::string account_id;
  std::string division_id;
  ids::SupplierId supplier_id;  // nil: to be chosen
  calendar::Date ordered_on;
  std::vector<NewPurchaseOrderLine> lines;  // at least one, all in one currency
};

// With its event. Nothing is ordered twice, by constraint.
void InsertPurchaseOrder(postgres::Transaction& tx, const NewPurchaseOrder& order);

}  // namespace continuo::contracts::app
