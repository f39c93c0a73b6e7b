// Gives the feed its positions, and makes the deliveries of what gets one, in one transaction.
//
// Positions are given under the lock of one row, so they have no gap, and who reads the feed after
// position n will never see one of n or less appear. Any replica may do it: the one that gets the
// row does, the others pass on. No lease is needed, since whoever holds the row holds it in the
// very transaction that gives the positions; one that is stopped in it is ended by the database
// (idle_in_transaction_session_timeout).
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::rpc {
struct Call;
}

namespace continuo::webhooks::app {

// One slice. True: there may be more. False too when another replica is at it.
Result<bool> PlaceEvents(postgres::Database& database, const rpc::Call& call);
// Whether an event has no position yet.
bool HasUnplacedEvents(postgres::Transaction& tx);

// One slice of one recovery: what its endpoint has missed is scheduled. True: there may be more.
Result<bool> RecoverSlice(postgres::Database& database, const rpc::Call& call);

}  // namespace continuo::webhooks::app
