// The sandbox's business clock in one service's schema. Its row is what makes a schema a sandbox's;
// every transaction reads it as tx.now().
#pragma once

#include "libs/calendar/zone.h"

namespace continuo::postgres {

class Transaction;

// Where nobody has set it before.
void StartBusinessClock(Transaction& tx, calendar::Instant at);
// It never goes back: an earlier instant changes nothing.
void SetBusinessClock(Transaction& tx, calendar::Instant at);

}  // namespace continuo::postgres
