// Quotes and orders as the API shows them, whole: header, totals, lines, control totals.
#pragma once

#include <string>

#include "libs/ids/kinds.h"
#include "libs/postgres/statement.h"
#include "libs/result/result.h"

namespace google::protobuf {
template <class T>
class RepeatedPtrField;
}
namespace continuo::postgres {
class Rows;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::quoting::v1 {
class Order;
class Quote;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Quote> ShowQuote(postgres::Transaction& tx, const ids::QuoteId& id);
Result<v1::Order> ShowOrder(postgres::Transaction& tx, const ids::OrderId& id);
// Adds to the headers of a list what one statement cannot select: totals and the number of lines. Lines
// and clauses are left out: a page of quotes has a bound, a quote of a thousand lines has none.
void SummarizeQuotes(postgres::Transaction& tx,
                    google::protobuf::RepeatedPtrField<v1::Quote>* quotes);
void CompleteOrders(postgres::Transaction& tx,
                    google::protobuf::RepeatedPtrField<v1::Order>* orders);

// The rows of a list's statement that meet a condition on $1: RowsOf(tx, sql::select_quotes,
// "id = $1", id).
postgres::Rows RowsOf(postgres::Transaction& tx, const postgres::Statement& select,
                      const std::string& condition, const ids::Uuid& value);

}  // namespace continuo::quoting::app
