// What sales have earned by now beyond what was credited.
#pragma once

#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::commissions::app {

struct Cause {
  std::string source_id;  // the document, or the sale link itself
  calendar::Date effective_on;
};
// Of the decided ones among these sale links, whose rows are locked. Nothing happens where nothing
// is due.
Result<void> CreditToDate(postgres::Transaction& tx, const std::vector<std::string>& sale_links,
                          const Cause& cause);

}  // namespace continuo::commissions::app
