#include "services/catalogue/domain/price_file.h"

#include <algorithm>
#include <array>
#include <optional>

namespace continuo::catalogue::domain {
namespace {

using money::Decimal;

constexpr std::array<std::string_view, 7> kColumns = {
    "product_code", "service_level",  "unit_price",    "bands",
    "percent",      "minimum_amount", "maximum_amount"};
constexpr size_t kCodeMax = 60;
constexpr size_t kBandsMax = 50;

// The cells of one line (RFC 4180); nothing when a quote is not closed, or text follows one.
std::optional<std::vector<std::string>> Cells(std::string_view line) {
  std::vector<std::string> cells;
  size_t at = 0;
  while (true) {
    std::string& cell = cells.emplace_back();
    if (at < line.size() && line[at] == '"') {
      ++at;
      while (true) {
        const size_t quote = line.find('"', at);
        if (quote == std::string_view::npos) return std::nullopt;
        cell += line.substr(at, quote - at);
        at = quote + 1;
        if (at == line.size() || line[at] != '"') break;
        cell += '"';
        ++at;
      }
      if (at < line.size() && line[at] != ',') return std::nullopt;
    } else {
      const size_t end = std::min(line.find(',', at), line.size());
      cell = line.substr(at, end - at);
      at = end;
    }
    if (at == line.size()) return cells;
    ++at;  // the comma
  }
}

// What somebody wrote, as far as a message may repeat it.
std::string Shown(std::string_view text) {
  std::string shown(text.substr(0, 40));
  for (char& c : shown) {
    if (c < ' ' || c > '~') c = '?';
  }
  return "\"" + shown + "\"";
}

bool IsCode(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  });
}

std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// One line of cells into a row.
class RowReader {
 public:
  RowReader(const std::vector<std::string>& columns, int64_t line, PriceRows* read)
      : columns_(columns), read_(*read), faults_before_(read->faults.size()) {
    row_.line = line;
  }

  void Read(std::string_view line) {
    const auto cells = Cells(line);
    if (!cells) {
      Refuse("", "MALFORMED", "A quote is not closed, or text follows it. Double a quote that is text.");
    } else if (cells->size() != columns_.size()) {
      Refuse("", "MALFORMED",
             "The row has " + std::to_string(cells->size()) + " values, the header " +
                 std::to_string(columns_.size()) + " columns.");
    } else {
      for (size_t i = 0; i < columns_.size(); ++i) ReadCell(columns_[i], (*cells)[i]);
    }
    if (read_.faults.size() > faults_before_) {
      ++read_.rows_refused;
    } else {
      read_.rows.push_back(std::move(row_));
    }
  }

 private:
  void Refuse(const std::string& column, std::string code, std::string detail) {
    read_.faults.push_back({row_.line, column, std::move(code), std::move(detail)});
  }

  void ReadCell(const std::string& column, const std::string& text) {
    if (column == "product_code") {
      if (text.empty()) Refuse(column, "REQUIRED", "Name the product.");
      row_.product_code = ReadCode(column, text);
    } else if (column == "service_level") {
      row_.service_level = ReadCode(column, text);
    } else if (column == "bands") {
      ReadBands(column, text);
    } else if (column == "unit_price") {
      row_.price.unit_price = ReadNumber(column, text);
    } else if (column == "percent") {
      row_.price.percent = ReadNumber(column, text);
      if (row_.price.percent && *row_.price.percent > Decimal(1000)) {
        Refuse(column, "OUT_OF_RANGE", "Send at most 1000.");
      }
    } else if (column == "minimum_amount") {
      row_.price.minimum = ReadNumber(column, text);
    } else if (column == "maximum_amount") {
      row_.price.maximum = ReadNumber(column, text);
    }
  }

  std::string ReadCode(const std::string& column, const std::string& text) {
    if (text.size() > kCodeMax) {
      Refuse(column, "TOO_LONG", "Use at most " + std::to_string(kCodeMax) + " characters.");
    } else if (!IsCode(text)) {
      Refuse(column, "INVALID_FORMAT", "A code has letters, digits, '.', '-' and '_'.");
    }
    return text;
  }

  std::optional<Decimal> ReadNumber(const std::string& column, std::string_view text) {
    if (text.empty()) return std::nullopt;
    const Result<Decimal> number = Decimal::Parse(text);
    if (!number) {
      Refuse(column, "INVALID_FORMAT",
             Shown(text) + " is no decimal number with a point and at most eight places.");
      return std::nullopt;
    }
    if (number->Sign() < 0) {
      Refuse(column, "OUT_OF_RANGE", "Send zero or more.");
      return std::nullopt;
    }
    return *number;
  }

  void ReadBands(const std::string& column, std::string_view text) {
    if (text.empty()) return;
    const auto bands = Split(text, ';');
    if (bands.size() > kBandsMax) {
      return Refuse(column, "TOO_LONG", "Send at most " + std::to_string(kBandsMax) + " bands.");
    }
    for (const std::string_view band : bands) {
      const auto parts = Split(band, ':');
      if (parts.size() < 2 || parts.size() > 3 || parts[1].empty()) {
        return Refuse(column, "INVALID_FORMAT",
                      "A band is up_to:unit_price or up_to:unit_price:flat_fee, like 50:20;:18:100.");
      }
      row_.price.bands.push_back(
          {.up_to = ReadNumber(column, parts[0]),
           .unit_price = ReadNumber(column, parts[1]).value_or(0),
           .flat_fee = parts.size() == 3 ? ReadNumber(column, parts[2]).value_or(0) : 0});
    }
  }

  const std::vector<std::string>& columns_;
  PriceRows& read_;
  size_t faults_before_;
  PriceRow row_;
};

}  // namespace

Result<std::vector<std::string>> ReadCsvHeader(std::string_view line) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  const auto cells = Cells(line);
  const auto refuse = [](std::string detail) {
    return Invalid("", "INVALID_HEADER", "Line 1 names the columns. " + std::move(detail));
  };
  if (!cells) return refuse("A quote is not closed.");
  for (size_t i = 0; i < cells->size(); ++i) {
    const std::string& name = (*cells)[i];
    if (std::find(kColumns.begin(), kColumns.end(), name) == kColumns.end()) {
      return refuse("A price has no column " + Shown(name) +
                    ". There are product_code, service_level, unit_price, bands, percent, "
                    "minimum_amount and maximum_amount.");
    }
    if (std::find(cells->begin(), cells->begin() + i, name) != cells->begin() + i) {
      return refuse("It names " + name + " twice.");
    }
  }
  if (std::find(cells->begin(), cells->end(), kColumns[0]) == cells->end()) {
    return refuse("It lacks product_code.");
  }
  return *cells;
}

PriceRows ReadCsvRows(std::string_view text, const std::vector<std::string>& columns,
                      int64_t first_line) {
  PriceRows read;
  read.lines = ForEachLine(text, first_line, [&](int64_t number, std::string_view line) {
    RowReader(columns, number, &read).Read(line);
  });
  return read;
}

std::string BandsText(const std::vector<money::PriceBand>& bands) {
  std::string text;
  for (const money::PriceBand& band : bands) {
    if (!text.empty()) text += ';';
    if (band.up_to) text += band.up_to->ToString();
    text += ":" + band.unit_price.ToString();
    if (!band.flat_fee.IsZero()) text += ":" + band.flat_fee.ToString();
  }
  return text;
}

}  // namespace continuo::catalogue::domain
