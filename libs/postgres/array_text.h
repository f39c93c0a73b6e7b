// Reads the text forms of Postgres' arrays and rows: {1,NULL,"a b"} and (123450,EUR). One
// dimension. For this library's .cpp files only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::postgres {

// NULL elements are nullopt. A text that is no such literal throws std::logic_error.
std::vector<std::optional<std::string>> ArrayElements(std::string_view literal);
std::vector<std::optional<std::string>> RowElements(std::string_view literal);

}  // namespace continuo::postgres
