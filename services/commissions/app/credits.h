// What sales have earned.
#pragma once

#include <string>

#include "libs/result/result.h"

namespace continuo::billing::v1 {
class Invoice;
}
namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::rpc {
struct Call;
}
namespace continuo::type::v1 {
class ControlTotals;
}
namespace continuo::commissions::v1 {
class ListCreditsRequest;
class ListCreditsResponse;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

// Credits what a verified sale has earned by now beyond its credits; its row is locked. Nothing
// happens where nothing is due.
Result<void> CreditToDate(postgres::Transaction& tx, const std::string& sale_link_id);

// Keeps what the invoice bills of each contract and credits the verified ones. Safe to repeat.
Result<void> TakeInvoice(postgres::Transaction& tx, const billing::v1::Invoice& invoice,
                         const type::v1::ControlTotals& announced);

Result<v1::ListCreditsResponse> ListCredits(postgres::Database& database, const rpc::Call& call,
                                            const v1::ListCreditsRequest& request);

}  // namespace continuo::commissions::app
