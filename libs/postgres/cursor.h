// Where a list goes on: the last row's sort value and id, bound to the list's filters and order.
// For this library's .cpp files only.
//
// It is opaque to callers but no secret and no authority: what it may show is decided by the query.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace continuo::postgres {

struct Cursor {
  std::string id;                         // uuid text
  std::optional<std::string> sort_value;  // nullopt: NULL, or the list is sorted by id
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// `binding` is any text that is equal exactly for equal filters and order.
std::string EncodeCursor(const Cursor& cursor, std::string_view binding);
// nullopt: not a cursor, or one of another list.
std::optional<Cursor> DecodeCursor(std::string_view text, std::string_view binding);

}  // namespace continuo::postgres
