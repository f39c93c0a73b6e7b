#include "libs/postgres/business_clock.h"

#include "libs/postgres/sql.h"
#include "libs/postgres/transaction.h"

namespace continuo::postgres {

void StartBusinessClock(Transaction& tx, calendar::Instant at) {
  tx.Run(sql::start_business_clock, at);
}

void SetBusinessClock(Transaction& tx, calendar::Instant at) {
  tx.Run(sql::set_business_clock, at);
}

}  // namespace continuo::postgres
