#include "libs/postgres/enum_text.h"

#include <google/protobuf/descriptor.h>

namespace continuo::postgres {
namespace {

namespace pb = google::protobuf;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// "QuoteStatus" -> "QUOTE_STATUS_".
std::string PrefixOf(const pb::EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (IsUpper(c) && !prefix.empty()) prefix += '_';
    prefix += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return prefix + '_';
}

}  // namespace

std::string EnumText(const pb::EnumValueDescriptor& value) {
  const std::string prefix = PrefixOf(*value.type());
  std::string text = value.name();
  if (text.starts_with(prefix)) text.erase(0, prefix.size());
  for (char& c : text) {
    if (IsUpper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

const pb::EnumValueDescriptor* EnumOfText(const pb::EnumDescriptor& type, std::string_view text) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (EnumText(*type.value(i)) == text) return type.value(i);
  }
  return nullptr;
}

}  // namespace continuo::postgres
