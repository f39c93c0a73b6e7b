// What stands behind Rows, without the driver: cells point into the driver's result, which `owner`
// keeps alive. For this library's .cpp files only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace continuo::postgres {

// Postgres' own types, by their fixed object ids (pg_type.dat).
enum Type : uint32_t {
  kBool = 16,
  kBytea = 17,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kJson = 114,
  kVarchar = 1043,
  kDate = 1082,
  kTimestamptz = 1184,
  kNumeric = 1700,
  kRecord = 2249,
  kUuid = 2950,
  kJsonb = 3802,
};

// The columns of a statement's answer. Interned: one for each list of names and types, for ever, so
// that plans that depend on it can be kept by its address.
struct Shape {
  std::vector<std::string> names;
  std::vector<uint32_t> types;
};
const Shape* InternShape(Shape shape);

struct Cell {
  const char* text = nullptr;  // null: NULL
  size_t size = 0;
};

struct RowsData {
  std::shared_ptr<const void> owner;
  const Shape* shape = nullptr;
  std::vector<Cell> cells;  // row by row
  size_t size = 0;
  size_t affected = 0;

  const Cell& At(size_t row, size_t column) const {
    return cells[row * shape->names.size() + column];
  }
};

}  // namespace continuo::postgres
