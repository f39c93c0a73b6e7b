// Files of prices: what stands in their rows, and what is wrong with them.
//
//   product_code,service_level,unit_price,bands
//   SETUP,,2400,
//   SEAT,,,50:12;:9
//   SEAT,gold,fifteen,
//     ReadCsvRows(text, columns, 2)
//       .rows   == {SETUP at 2400, SEAT in two bands}
//       .faults == {{line 4, "unit_price", "INVALID_FORMAT", ...}}
//
// A row with a fault is no row. No value holds a line break, so each line is read alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libs/result/result.h"
#include "services/catalogue/domain/product.h"

namespace continuo::catalogue::domain {

struct PriceRow {
  int64_t line = 0;
  std::string product_code;
  std::string service_level;
  CurrencyPrice price;  // without its currency
};

// `column` empty: the row as a whole.
struct RowFault {
  int64_t line = 0;
  std::string column;
  std::string code;
  std::string detail;
};

struct PriceRows {
  std::vector<PriceRow> rows;
  std::vector<RowFault> faults;
  int64_t lines = 0;         // read, blank ones too
  int64_t rows_refused = 0;  // those with faults
};

// Calls `take` with the number and the text of each line, without its end; blank ones are left out.
// Returns how many lines there are.
template <class Take>
int64_t ForEachLine(std::string_view text, int64_t first_line, Take take) {
  int64_t number = first_line;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) take(number, line);
    ++number;
  }
  return number - first_line;
}

// The columns that line 1 names: product_code among them, each once, none that a price has not.
Result<std::vector<std::string>> ReadCsvHeader(std::string_view line);

PriceRows ReadCsvRows(std::string_view text, const std::vector<std::string>& columns,
                      int64_t first_line);

// A value as a cell has it, from what a row says: "50:12;:9".
std::string BandsText(const std::vector<money::PriceBand>& bands);

}  // namespace continuo::catalogue::domain
