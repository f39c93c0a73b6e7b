#include "services/quoting/app/show.h"

#include <unordered_map>

#include "continuo/quoting/v1/order.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/postgres/message.h"
#include "libs/postgres/transaction.h"
#include "services/quoting/app/delivery_schedule.h"
#include "services/quoting/app/quote_value.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using google::protobuf::RepeatedPtrField;
using postgres::Row;
using postgres::Rows;
using postgres::Transaction;

template <class T>
std::unordered_map<std::string, T*> ById(RepeatedPtrField<T>* messages) {
  std::unordered_map<std::string, T*> by_id;
  for (T& message : *messages) by_id[message.id()] = &message;
  return by_id;
}

template <class T>
postgres::Parameter IdsOf(std::string_view prefix, const RepeatedPtrField<T>& messages) {
  std::vector<std::string> ids;
  for (const T& message : messages) ids.push_back(message.id());
  return postgres::IdArray(prefix, ids);
}

}  // namespace

Rows RowsOf(Transaction& tx, const postgres::Statement& select, const std::string& condition,
            const ids::Uuid& value) {
  const postgres::Parameter parameters[] = {value};
  return tx.RunDynamic(
      "SELECT * FROM (\n" + std::string(select.text) + "\n) r WHERE " + condition, parameters);
}

void SummarizeQuotes(Transaction& tx, RepeatedPtrField<v1::Quote>* quotes) {
  if (quotes->empty()) return;
  const auto by_id = ById(quotes);
  const postgres::Parameter ids = IdsOf("quo", *quotes);
  for (const Row row : tx.Run(sql::quote_totals, ids)) {
    postgres::Fill(row, by_id.at(row.Id("quo", "id"))->mutable_totals());
  }
  for (const Row row : tx.Run(sql::select_line_values, ids)) {
    postgres::Fill(row, by_id.at(row.Id("quo", "quote_id"))->add_lines());
  }
  for (v1::Quote& quote : *quotes) {
    CompleteTotals(&quote);
    quote.set_line_count(quote.lines_size());
    quote.clear_lines();
  }
}

void CompleteOrders(Transaction& tx, RepeatedPtrField<v1::Order>* orders) {
  if (orders->empty()) return;
  const auto by_id = ById(orders);
  for (const Row row : tx.Run(sql::list_order_lines, IdsOf("ord", *orders))) {
    postgres::Fill(row, by_id.at(row.Id("ord", "order_id"))->add_lines());
  }
  for (v1::Order& order : *orders) {
    order.mutable_control_totals()->set_count(order.lines_size());
    *order.mutable_control_totals()->add_sums() = order.term_total();
  }
}

Result<v1::Quote> ShowQuote(Transaction& tx, const ids::QuoteId& id) {
  const Rows found = RowsOf(tx, sql::select_quotes, "id = $1", id.uuid());
  if (found.empty()) return NotFound("quote", id.ToString());
  v1::Quote quote;
  postgres::Fill(found.front(), &quote);
  const std::vector<std::string> ids{quote.id()};
  postgres::Fill(tx.Run(sql::quote_totals, postgres::IdArray("quo", ids)).front(),
                 quote.mutable_totals());
  postgres::FillAll(RowsOf(tx, sql::select_quote_lines, "quote_id = $1 ORDER BY position", id.uuid()),
                    quote.mutable_lines());
  postgres::FillAll(RowsOf(tx, sql::select_quote_clauses, "quote_id = $1 ORDER BY position", id.uuid()),
                    quote.mutable_clauses());
  quote.set_line_count(quote.lines_size());
  CompleteTotals(&quote);
  AddDeliverySchedule(&quote);
  return quote;
}

Result<v1::Order> ShowOrder(Transaction& tx, const ids::OrderId& id) {
  const Rows found = RowsOf(tx, sql::select_orders, "id = $1", id.uuid());
  if (found.empty()) return NotFound("order", id.ToString());
  RepeatedPtrField<v1::Order> orders;
  postgres::FillAll(found, &orders);
  CompleteOrders(tx, &orders);
  return std::move(orders[0]);
}

}  // namespace continuo::quoting::app
