// An order's rows from a priced quote, its fact, and its number: what acceptances and direct orders
// have in common.
#pragma once

#include <optional>

#include "libs/ids/kinds.h"
#include "libs/money/money.h"
#include "libs/result/result.h"
#include "services/quoting/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::store {
struct StoredQuote;
}
namespace continuo::quoting::v1 {
class Order;
}

namespace continuo::quoting::app {

// The deal's value in crm now; none where crm does not know the deal or gives it no value.
Result<std::optional<money::Money>> AskOpportunityValue(const App& app, const rpc::Call& call,
                                                        const ids::OpportunityId& id);
// The order's rows, frozen from the stored quote's, and that their sums are the quote's.
Result<void> InsertOrder(postgres::Transaction& tx, const store::StoredQuote& stored,
                         const ids::OrderId& order_id, const money::Money& opportunity_value);
void TellOrder(postgres::Transaction& tx, const v1::Order& order);
// The last statement of its transaction: the series is held until the commit.
void NumberOrder(postgres::Transaction& tx, const ids::OrderId& order_id, v1::Order* order);

}  // namespace continuo::quoting::app
