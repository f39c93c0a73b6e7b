// What was billed and paid of a sale, as billing's documents say. All are safe to repeat, in any
// order: what has been earned is computed from everything that is known.
#pragma once

#include <string>

#include "libs/calendar/date.h"
#include "libs/result/result.h"

namespace continuo::billing::v1 {
class CreditNote;
class Invoice;
class Payment;
}  // namespace continuo::billing::v1
namespace continuo::postgres {
class Transaction;
}
namespace continuo::type::v1 {
class ControlTotals;
}

namespace continuo::commissions::app {

// The order that has to be seen first, "" when the document was taken. CONTROL_TOTALS_DIFFER when
// lines were lost on the way.
Result<std::string> TakeInvoice(postgres::Transaction& tx, const billing::v1::Invoice& invoice,
                                const type::v1::ControlTotals& announced);
Result<std::string> TakeCreditNote(postgres::Transaction& tx, const billing::v1::CreditNote& note,
                                   const type::v1::ControlTotals& announced);
// What the payment pays now, of all its invoices.
Result<void> TakePayment(postgres::Transaction& tx, const billing::v1::Payment& payment,
                         calendar::Date effective_on);

}  // namespace continuo::commissions::app
