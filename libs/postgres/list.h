// A list as every list of the API behaves: filters, sorting, search and a cursor over one SELECT.
//
//   -- store/queries/list_quotes.sql
//   SELECT id, account_id, status, created_at, ROW(total_minor, currency) AS total FROM quote
//
//   ASSIGN_OR_RETURN(const Page page, List(tx, {.select = sql::list_quotes}, request, &response));
//
// Each set field of the request other than limit, cursor, sort, q, expand and fields is a filter on
// the column of its name; the suffixes _gte, _gt, _lte and _lt compare; a repeated field means any
// of its values. `sort` takes the columns that the method's rule lists, and id, which is the
// default; "-" in front turns the order round. `q` finds text in the columns the rule names.
// The cursor is opaque and belongs to these filters and this order: with others it is
// INVALID_CURSOR. `limit` is 25 where it is not set, at most 100; an explicit 0 or less is refused.
// The SELECT must answer a uuid column `id`. Fills the response's `data`, `has_more` and
// `next_cursor`. Never counts.
//
// Not for lists that need something else than columns of one SELECT: write their own statement.
#pragma once

#include <span>
#include <string>

#include "libs/postgres/transaction.h"

namespace continuo::type::v1 {
class ListRule;
}

namespace continuo::postgres {

struct ListQuery {
  const Statement& select;
  // Values of the $n in `select`.
  std::span<const Parameter> parameters = {};
  // Fields of the request that are no columns because `select` treats them, with `parameters`.
  std::span<const std::string_view> treated = {};
  // What may be sorted and searched; null: the rule of the method in the call.
  const type::v1::ListRule* rule = nullptr;
};

struct Page {
  size_t size = 0;
  bool has_more = false;
  std::string next_cursor;
};

Result<Page> List(Transaction& tx, const ListQuery& query, const google::protobuf::Message& request,
                  google::protobuf::Message* response);

}  // namespace continuo::postgres
