// One field of many rows, for a statement that takes them by unnest():
//
//   tx.Run(sql::insert_lines, ArrayOf(lines, [](const Line& line) { return line.id; }), ...);
#pragma once

#include <vector>

#include "libs/postgres/parameter.h"

namespace continuo::postgres {

// `get(row)` is, or becomes, a Parameter.
template <class Rows, class Get>
Parameter ArrayOf(const Rows& rows, Get get) {
  std::vector<Parameter> values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.push_back(Parameter(get(row)));
  return Parameter::Array(values);
}

}  // namespace continuo::postgres
