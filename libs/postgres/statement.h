// A SQL statement or migration as cmake/embed_sql.py makes it from a .sql file.
//
//   store/queries/insert_quote.sql  ->  const postgres::Statement sql::insert_quote
//   tx.Run(sql::insert_quote, quote_id, account_id, total_minor);
//
// The text lives as long as the program. A statement is prepared on a connection when that
// connection first runs it; its name is the file's name and the metric's.
#pragma once

#include <span>
#include <string_view>

namespace continuo::postgres {

struct Statement {
  std::string_view service;  // "quoting"
  std::string_view name;     // "insert_quote"
  std::string_view text;     // with $1 parameters
  bool changes = false;      // inserts, updates or deletes rows
};

struct Migration {
  std::string_view title;  // "0001_first", the folder's name; unique within a schema
  std::string_view text;   // run as one transaction
};

}  // namespace continuo::postgres
