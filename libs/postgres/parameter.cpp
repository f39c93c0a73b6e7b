#include "libs/postgres/parameter.h"

#include <stdexcept>

#include "libs/ids/type_id.h"

namespace continuo::postgres {

Parameter::Parameter(Bytes bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "\\x";
  text.reserve(2 + 2 * bytes.bytes.size());
  for (const unsigned char byte : bytes.bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  text_ = std::move(text);
}

Parameter::Parameter(const ids::Uuid& value) : text_(value.ToString()) {}
Parameter::Parameter(calendar::Date value) : text_(value.ToString()) {}
Parameter::Parameter(calendar::Instant value) : text_(calendar::FormatInstant(value)) {}
Parameter::Parameter(const money::Decimal& value) : text_(value.ToString()) {}

Parameter Parameter::Array(std::span<const Parameter> elements) {
  std::string text = "{";
  for (const Parameter& element : elements) {
    if (text.size() > 1) text += ',';
    if (element.is_null()) {
      text += "NULL";
      continue;
    }
    text += '"';
    for (const char c : *element.text_) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  text += '}';
  return Parameter(std::move(text));
}

Parameter NullIfEmpty(std::string_view text) {
  return text.empty() ? Parameter() : Parameter(text);
}

Parameter IdOrNull(std::string_view prefix, std::string_view text) {
  if (text.empty()) return Parameter();
  const Result<ids::Uuid> id = ids::ParseTypeId(prefix, text);
  if (!id) {
    throw std::invalid_argument("'" + std::string(text) + "' is no " + std::string(prefix) +
                                " id; it should have been refused before it came here");
  }
  return Parameter(*id);
}

}  // namespace continuo::postgres
