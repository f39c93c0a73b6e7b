#include "libs/postgres/rows.h"

#include <charconv>
#include <map>
#include <mutex>
#include <stdexcept>

#include "libs/ids/type_id.h"
#include "libs/postgres/array_text.h"
#include "libs/postgres/instant_text.h"
#include "libs/postgres/rows_data.h"

namespace continuo::postgres {
namespace {

[[noreturn]] void Misread(const Row& row, Column column, const std::string& what) {
  const std::string name =
      column.index >= 0 ? "#" + std::to_string(column.index) : std::string(column.name);
  std::string known;
  for (const std::string& other : row.data().shape->names) known += " " + other;
  throw std::logic_error("column " + name + " " + what + "; the statement answers:" + known);
}

const Cell& Find(const Row& row, Column column) {
  const std::vector<std::string>& names = row.data().shape->names;
  if (row.index() >= row.data().size) throw std::logic_error("there is no such row");
  if (column.index >= 0 && static_cast<size_t>(column.index) < names.size()) {
    return row.data().At(row.index(), static_cast<size_t>(column.index));
  }
  for (size_t i = 0; column.index < 0 && i < names.size(); ++i) {
    if (names[i] == column.name) return row.data().At(row.index(), i);
  }
  Misread(row, column, "does not exist");
}

template <class T>
T Parsed(const Row& row, Column column, Result<T> value) {
  if (!value) Misread(row, column, "does not hold such a value: " + value.error().message);
  return *std::move(value);
}

// An optional form of a reader: nullopt for NULL, else what the plain form reads.
template <class Read>
auto Optionally(const Row& row, Column column, Read read) -> std::optional<decltype(read())> {
  if (row.IsNull(column)) return std::nullopt;
  return read();
}

}  // namespace

const Shape* InternShape(Shape shape) {
  std::string signature;
  for (size_t i = 0; i < shape.names.size(); ++i) {
    signature += shape.names[i] + ':' + std::to_string(shape.types[i]) + ',';
  }
  static std::mutex mutex;
  static auto& shapes = *new std::map<std::string, std::unique_ptr<const Shape>>();
  const std::lock_guard lock(mutex);
  auto& known = shapes[signature];
  if (known == nullptr) known = std::make_unique<const Shape>(std::move(shape));
  return known.get();
}

bool Row::IsNull(Column column) const { return Find(*this, column).text == nullptr; }

std::string_view Row::Text(Column column) const {
  const Cell& cell = Find(*this, column);
  if (cell.text == nullptr) Misread(*this, column, "is NULL");
  return {cell.text, cell.size};
}

std::string Row::Bytes(Column column) const {
  const std::string_view text = Text(column);
  if (!text.starts_with("\\x") || text.size() % 2 != 0) Misread(*this, column, "is no bytea");
  std::string bytes;
  bytes.reserve(text.size() / 2 - 1);
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (size_t i = 2; i < text.size(); i += 2) {
    bytes += static_cast<char>(digit(text[i]) << 4 | digit(text[i + 1]));
  }
  return bytes;
}

int64_t Row::Int(Column column) const {
  const std::string_view text = Text(column);
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    Misread(*this, column, "is no whole number");
  }
  return value;
}

bool Row::Bool(Column column) const {
  const std::string_view text = Text(column);
  if (text != "t" && text != "f") Misread(*this, column, "is no boolean");
  return text == "t";
}

ids::Uuid Row::Uuid(Column column) const {
  return Parsed(*this, column, ids::Uuid::Parse(Text(column)));
}

money::Decimal Row::Decimal(Column column) const {
  return Parsed(*this, column, money::Decimal::Parse(Text(column)));
}

calendar::Date Row::Date(Column column) const {
  return Parsed(*this, column, calendar::Date::Parse(Text(column)));
}

calendar::Instant Row::Instant(Column column) const {
  const std::optional<calendar::Instant> instant = InstantOfText(Text(column));
  if (!instant) Misread(*this, column, "is no instant in UTC");
  return *instant;
}

std::string Row::Id(std::string_view prefix, Column column) const {
  return ids::FormatTypeId(prefix, Uuid(column));
}

std::vector<std::string> Row::TextArray(Column column) const {
  std::vector<std::string> texts;
  for (std::optional<std::string>& element : ArrayElements(Text(column))) {
    texts.push_back(std::move(element).value_or(""));
  }
  return texts;
}

std::optional<std::string_view> Row::OptionalText(Column column) const {
  return Optionally(*this, column, [&] { return Text(column); });
}
std::optional<int64_t> Row::OptionalInt(Column column) const {
  return Optionally(*this, column, [&] { return Int(column); });
}
std::optional<bool> Row::OptionalBool(Column column) const {
  return Optionally(*this, column, [&] { return Bool(column); });
}
std::optional<ids::Uuid> Row::OptionalUuid(Column column) const {
  return Optionally(*this, column, [&] { return Uuid(column); });
}
std::optional<calendar::Date> Row::OptionalDate(Column column) const {
  return Optionally(*this, column, [&] { return Date(column); });
}
std::optional<calendar::Instant> Row::OptionalInstant(Column column) const {
  return Optionally(*this, column, [&] { return Instant(column); });
}
std::optional<money::Decimal> Row::OptionalDecimal(Column column) const {
  return Optionally(*this, column, [&] { return Decimal(column); });
}
std::string Row::OptionalId(std::string_view prefix, Column column) const {
  return IsNull(column) ? std::string() : Id(prefix, column);
}

size_t Rows::size() const { return data_->size; }
size_t Rows::affected() const { return data_->affected; }

}  // namespace continuo::postgres
