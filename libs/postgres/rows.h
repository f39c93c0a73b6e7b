// The answer of a statement.
//
//   for (const Row row : tx.Run(sql::list_due_lines, today)) {
//     lines.push_back({row.Uuid("id"), row.Decimal("quantity"), row.Int("net_minor")});
//   }
//   const Rows found = tx.Run(sql::find_quote, id);
//   if (found.empty()) return NotFound("quote", text);
//   Fill(found.front(), &quote);
//
// A column is named or counted from 0. Reading NULL through a form that is not optional, a column
// that does not exist, or a text that does not parse is our own bug and throws std::logic_error.
// A Row keeps its Rows alive; a string_view that it gave out does not.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/calendar/zone.h"
#include "libs/ids/id.h"
#include "libs/money/decimal.h"

namespace continuo::postgres {

struct RowsData;  // holds the driver's result; rows_data.h, for this library's .cpp files only

struct Column {
  Column(int index) : index(index) {}
  Column(std::string_view name) : name(name) {}
  Column(const char* name) : name(name) {}
  Column(const std::string& name) : name(name) {}
  int index = -1;
  std::string_view name;
};

class Row {
 public:
  Row(std::shared_ptr<const RowsData> data, size_t index) : data_(std::move(data)), index_(index) {}

  bool IsNull(Column column) const;
  std::string_view Text(Column column) const;  // valid while a Row or the Rows live
  std::string Bytes(Column column) const;      // a bytea column
  int64_t Int(Column column) const;
  bool Bool(Column column) const;
  ids::Uuid Uuid(Column column) const;
  calendar::Date Date(Column column) const;
  calendar::Instant Instant(Column column) const;
  money::Decimal Decimal(Column column) const;
  // A uuid column as TypeID text: Id("inv", "id") == "inv_01h...".
  std::string Id(std::string_view prefix, Column column) const;
  std::vector<std::string> TextArray(Column column) const;

  // The same, nullopt for NULL; "" for the id.
  std::optional<std::string_view> OptionalText(Column column) const;
  std::optional<int64_t> OptionalInt(Column column) const;
  std::optional<bool> OptionalBool(Column column) const;
  std::optional<ids::Uuid> OptionalUuid(Column column) const;
  std::optional<calendar::Date> OptionalDate(Column column) const;
  std::optional<calendar::Instant> OptionalInstant(Column column) const;
  std::optional<money::Decimal> OptionalDecimal(Column column) const;
  std::string OptionalId(std::string_view prefix, Column column) const;

  const RowsData& data() const { return *data_; }
  size_t index() const { return index_; }

 private:
  std::shared_ptr<const RowsData> data_;
  size_t index_;
};

class Rows {
 public:
  class Iterator {
   public:
    Iterator(const std::shared_ptr<const RowsData>* data, size_t index)
        : data_(data), index_(index) {}
    Row operator*() const { return Row(*data_, index_); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const std::shared_ptr<const RowsData>* data_;
    size_t index_;
  };

  explicit Rows(std::shared_ptr<const RowsData> data) : data_(std::move(data)) {}

  size_t size() const;
  bool empty() const { return size() == 0; }
  size_t affected() const;  // rows inserted, updated or deleted
  Row operator[](size_t index) const { return Row(data_, index); }
  Row front() const { return Row(data_, 0); }
  Iterator begin() const { return {&data_, 0}; }
  Iterator end() const { return {&data_, size()}; }

 private:
  std::shared_ptr<const RowsData> data_;
};

}  // namespace continuo::postgres
