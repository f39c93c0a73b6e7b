// A statement's parameter: Postgres' text form of a value, or NULL. Made implicitly from every type
// that the project stores.
//
//   tx.Run(sql::insert_line, line_id, Date(2026y/1/31), quantity, std::nullopt, product_ids);
//   tx.Run(sql::find_account, IdOrNull("acc", request.account_id()));
//
// Values go as text: Postgres converts each to the type of its place in the statement, so one form
// serves integer, numeric and text columns alike. An empty string is an empty string, not NULL; the
// protobuf habit of "empty means unset" is spelled NullIfEmpty.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/calendar/zone.h"
#include "libs/ids/id.h"
#include "libs/money/decimal.h"

namespace continuo::postgres {

// Raw bytes, for a bytea column.
struct Bytes {
  std::string_view bytes;
};
// JSON text, for a json or jsonb column.
struct Json {
  std::string_view text;
};

class Parameter {
 public:
  Parameter() = default;  // NULL
  Parameter(std::nullptr_t) {}
  Parameter(std::nullopt_t) {}
  Parameter(std::string_view text) : text_(std::string(text)) {}
  Parameter(const std::string& text) : text_(text) {}
  Parameter(std::string&& text) : text_(std::move(text)) {}
  Parameter(const char* text) : text_(text) {}
  Parameter(Json json) : text_(std::string(json.text)) {}
  Parameter(Bytes bytes);
  template <std::same_as<bool> B>  // exactly bool: no pointer becomes a truth value
  Parameter(B value) : text_(value ? "t" : "f") {}
  template <std::integral I>
    requires(!std::same_as<I, bool> && !std::same_as<I, char>)
  Parameter(I value) : text_(std::to_string(value)) {}
  Parameter(const ids::Uuid& value);
  template <ids::FixedString Prefix>
  Parameter(const ids::Id<Prefix>& value) : Parameter(value.uuid()) {}
  Parameter(calendar::Date value);
  Parameter(calendar::Instant value);
  Parameter(const money::Decimal& value);
  template <class T>
  Parameter(const std::optional<T>& value) {
    if (value) *this = Parameter(*value);
  }
  // An array literal.
  template <class T>
  Parameter(std::span<const T> values) {
    std::vector<Parameter> elements(values.begin(), values.end());
    *this = Array(elements);
  }
  template <class T>
  Parameter(const std::vector<T>& values) : Parameter(std::span<const T>(values)) {}

  // '{1,NULL,"a b"}'; every element is quoted, so any text is safe.
  static Parameter Array(std::span<const Parameter> elements);

  bool is_null() const { return !text_; }
  const std::optional<std::string>& text() const { return text_; }

 private:
  std::optional<std::string> text_;
};

// NULL for "": an unset protobuf string stores nothing.
Parameter NullIfEmpty(std::string_view text);
// The uuid of a TypeID that validation has already accepted: IdOrNull("acc", "acc_01h..."). NULL
// for
// "". A text that is no such id is our own bug and throws std::invalid_argument.
Parameter IdOrNull(std::string_view prefix, std::string_view text);
// The same for a repeated id field: a uuid[] literal, empty for none.
template <class Range>
Parameter IdArray(std::string_view prefix, const Range& texts) {
  std::vector<Parameter> elements;
  for (const auto& text : texts) elements.push_back(IdOrNull(prefix, text));
  return Parameter::Array(elements);
}

}  // namespace continuo::postgres
