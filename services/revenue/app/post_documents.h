// Invoices and credit notes in the journal. What is billed moves the position of each contract on
// the document; a credit that gives more back than was never served lowers the contract's price.
#pragma once

#include "libs/result/result.h"
#include "services/revenue/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::billing::v1 {
class CreditNote;
class Invoice;
}  // namespace continuo::billing::v1
namespace continuo::type::v1 {
class ControlTotals;
}

namespace continuo::revenue::app {

// Each document once. It waits for the orders that its lines name. CONTROL_TOTALS_DIFFER when the
// lines do not add up to what its event announced.
Result<Taken> PostInvoice(postgres::Transaction& tx, const billing::v1::Invoice& invoice,
                          const type::v1::ControlTotals& announced);
Result<Taken> PostCreditNote(postgres::Transaction& tx, const billing::v1::CreditNote& note,
                             const type::v1::ControlTotals& announced);

}  // namespace continuo::revenue::app
