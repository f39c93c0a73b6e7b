// Money received in the journal: into unapplied cash, and from there onto invoices.
//
// A payment is read as it is now and compared with what is posted for it: an allocation that is not
// posted is, one that no longer holds is undone. So each of its events, however often and late it
// comes, leads to the same journal.
#pragma once

#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::billing::v1 {
class Payment;
}

namespace continuo::revenue::app {

// It waits for the invoices that it pays.
Result<Taken> PostPayment(postgres::Transaction& tx, const billing::v1::Payment& payment);

}  // namespace continuo::revenue::app
