#include "libs/json/validate.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>

#include "continuo/type/v1/options.pb.h"
#include "libs/calendar/date.h"
#include "libs/calendar/zone.h"
#include "libs/ids/type_id.h"
#include "libs/money/currency.h"
#include "libs/money/decimal.h"

namespace continuo::json {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using type::v1::FieldRule;

constexpr size_t kViolationsMax = 20;
constexpr int kTextLengthDefault = 2000;
constexpr int kElementsDefault = 1000;

// Code points, as people count characters.
int Length(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool AllOf(std::string_view text, bool (*allowed)(unsigned char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

bool IsCode(std::string_view text) {
  return AllOf(text, [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '-' || c == '_';
  });
}

bool IsCountry(std::string_view text) {
  return text.size() == 2 && AllOf(text, [](unsigned char c) { return c >= 'A' && c <= 'Z'; });
}

// One @ with something on both sides and a dot in the domain: delivery is the only real test.
bool IsEmail(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos) {
    return false;
  }
  const auto domain = text.substr(at + 1);
  const auto dot = domain.find('.');
  const bool printable = AllOf(text, [](unsigned char c) { return c > 32 && c != 127; });
  return printable && dot != std::string_view::npos && dot != 0 && domain.back() != '.';
}

bool IsUrl(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return false;
  }
  const bool plain = AllOf(rest, [](unsigned char c) { return c > 32 && c < 127; });
  return plain && rest.front() != '/' && rest.front() != '?' && rest.front() != '#';
}

// "quotes.read", "quotes.*" or "*"
bool IsPermission(std::string_view text) {
  if (text == "*") return true;
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return false;
  const auto word = [](std::string_view part) {
    return AllOf(part, [](unsigned char c) { return std::islower(c) || c == '_'; });
  };
  return word(text.substr(0, dot)) && (text.substr(dot + 1) == "*" || word(text.substr(dot + 1)));
}

// What is wrong with the text for the format, as the second half of a sentence; none: nothing.
std::optional<std::string> FormatProblem(type::v1::Format format, const std::string& text) {
  switch (format) {
    case type::v1::FORMAT_DATE:
      if (calendar::Date::Parse(text)) return std::nullopt;
      return "must be an existing day, YYYY-MM-DD.";
    case type::v1::FORMAT_DECIMAL:
      if (money::Decimal::Parse(text)) return std::nullopt;
      return "must be a decimal like 12.5, with at most 18 digits before and 8 after the point.";
    case type::v1::FORMAT_CURRENCY:
      if (money::Currency::Parse(text)) return std::nullopt;
      return "must be an ISO 4217 code like EUR.";
    case type::v1::FORMAT_COUNTRY:
      if (IsCountry(text)) return std::nullopt;
      return "must be an ISO 3166-1 code of two capital letters like DE.";
    case type::v1::FORMAT_TIME_ZONE:
      if (calendar::Zone::Find(text)) return std::nullopt;
      return "must be an IANA time zone like Europe/Berlin.";
    case type::v1::FORMAT_EMAIL:
      if (IsEmail(text)) return std::nullopt;
      return "must be an e-mail address.";
    case type::v1::FORMAT_URL:
      if (IsUrl(text)) return std::nullopt;
      return "must be an absolute URL, https://...";
    case type::v1::FORMAT_CODE:
      if (IsCode(text)) return std::nullopt;
      return "may hold letters, digits, '.', '-' and '_' only.";
    case type::v1::FORMAT_PERMISSION:
      if (IsPermission(text)) return std::nullopt;
      return "must be a permission like quotes.read, quotes.* or *.";
    default:
      return std::nullopt;
  }
}

class Walk {
 public:
  explicit Walk(std::vector<Violation>* violations) : violations_(violations) {}

  void Check(const Message& message, const std::string& path) {
    const auto* descriptor = message.GetDescriptor();
    for (int i = 0; i < descriptor->field_count() && violations_->size() < kViolationsMax; ++i) {
      const auto& field = *descriptor->field(i);
      const auto& rule = field.options().GetExtension(type::v1::field);
      if (!rule.output_only()) CheckField(message, field, rule, path + "/" + field.name());
    }
  }

 private:
  void Add(const std::string& pointer, const std::string& name, const char* code,
           const std::string& problem) {
    violations_->push_back({pointer, code, name + " " + problem});
  }

  void CheckField(const Message& message, const FieldDescriptor& field, const FieldRule& rule,
                  const std::string& pointer) {
    const auto* reflection = message.GetReflection();
    if (field.is_repeated()) return CheckRepeated(message, field, rule, pointer);
    if (!IsSet(message, field)) {
      if (rule.required()) Add(pointer, field.name(), "REQUIRED", "is required.");
      return;
    }
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Check(reflection->GetMessage(message, &field), pointer);
      case FieldDescriptor::CPPTYPE_STRING:
        if (field.type() == FieldDescriptor::TYPE_BYTES) return;
        return CheckText(reflection->GetString(message, &field), field, rule, pointer);
      case FieldDescriptor::CPPTYPE_INT32:
        return CheckRange(money::Decimal(reflection->GetInt32(message, &field)), field, rule,
                          pointer);
      case FieldDescriptor::CPPTYPE_INT64:
        if (rule.minimum().empty() && rule.maximum().empty()) return;
        return CheckRange(money::Decimal(reflection->GetInt64(message, &field)), field, rule,
                          pointer);
      default:
        return;
    }
  }

  // A number without presence is always there; its range speaks for it.
  static bool IsSet(const Message& message, const FieldDescriptor& field) {
    const auto* reflection = message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return !reflection->GetString(message, &field).empty();
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection->GetEnumValue(message, &field) != 0;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return reflection->HasField(message, &field);
      default:
        return !field.has_presence() || reflection->HasField(message, &field);
    }
  }

  void CheckRepeated(const Message& message, const FieldDescriptor& field, const FieldRule& rule,
                     const std::string& pointer) {
    const auto* reflection = message.GetReflection();
    const int size = reflection->FieldSize(message, &field);
    const int most = rule.max_length() > 0 ? rule.max_length() : kElementsDefault;
    if (size == 0 && rule.required()) Add(pointer, field.name(), "REQUIRED", "is required.");
    if (size > most) {
      return Add(pointer, field.name(), "TOO_MANY",
                 "may have at most " + std::to_string(most) + " elements.");
    }
    if (field.is_map()) return CheckMap(message, field, pointer);
    for (int i = 0; i < size && violations_->size() < kViolationsMax; ++i) {
      const std::string at = pointer + "/" + std::to_string(i);
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Check(reflection->GetRepeatedMessage(message, &field, i), at);
      } else if (field.type() == FieldDescriptor::TYPE_STRING) {
        CheckElement(reflection->GetRepeatedString(message, &field, i), field, rule, at);
      }
    }
  }

  // Metadata: 40 characters a key, 500 a value.
  void CheckMap(const Message& message, const FieldDescriptor& field, const std::string& pointer) {
    const auto* value = field.message_type()->map_value();
    if (value->type() != FieldDescriptor::TYPE_STRING) return;
    const auto* reflection = message.GetReflection();
    for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
      const auto& entry = reflection->GetRepeatedMessage(message, &field, i);
      const auto* entry_reflection = entry.GetReflection();
      const std::string key =
          entry_reflection->GetString(entry, field.message_type()->map_key());
      if (Length(key) > 40) Add(pointer, field.name(), "TOO_LONG", "has a key of over 40 characters.");
      if (Length(entry_reflection->GetString(entry, value)) > 500) {
        Add(pointer + "/" + key, field.name(), "TOO_LONG", "has a value of over 500 characters.");
      }
    }
  }

  // The rule's max_length counts the elements; each text has the default length.
  void CheckElement(const std::string& text, const FieldDescriptor& field, FieldRule rule,
                    const std::string& pointer) {
    rule.clear_max_length();
    if (text.empty()) return Add(pointer, field.name(), "REQUIRED", "may not hold empty text.");
    CheckText(text, field, rule, pointer);
  }

  void CheckText(const std::string& text, const FieldDescriptor& field, const FieldRule& rule,
                 const std::string& pointer) {
    const int most = rule.max_length() > 0 ? rule.max_length() : kTextLengthDefault;
    if (Length(text) > most) {
      return Add(pointer, field.name(), "TOO_LONG",
                 "may have at most " + std::to_string(most) + " characters.");
    }
    if (text.find('\0') != std::string::npos) {
      return Add(pointer, field.name(), "INVALID_CHARACTER", "may not hold the character U+0000.");
    }
    if (!rule.id().empty() && !ids::ParseTypeId(rule.id(), text)) {
      return Add(pointer, field.name(), "INVALID_ID",
                 "must be an id that begins with " + rule.id() + "_.");
    }
    if (auto problem = FormatProblem(rule.format(), text)) {
      return Add(pointer, field.name(), "INVALID_FORMAT", *problem);
    }
    if (rule.format() == type::v1::FORMAT_DECIMAL) {
      CheckRange(*money::Decimal::Parse(text), field, rule, pointer);
    }
  }

  void CheckRange(const money::Decimal& value, const FieldDescriptor& field, const FieldRule& rule,
                  const std::string& pointer) {
    if (!rule.minimum().empty()) {
      const auto minimum = *money::Decimal::Parse(rule.minimum());
      if (rule.positive() ? value <= minimum : value < minimum) {
        Add(pointer, field.name(), "OUT_OF_RANGE",
            (rule.positive() ? "must be more than " : "must be at least ") + rule.minimum() + ".");
      }
    } else if (rule.positive() && value <= money::Decimal(0)) {
      Add(pointer, field.name(), "OUT_OF_RANGE", "must be more than 0.");
    }
    if (!rule.maximum().empty() && value > *money::Decimal::Parse(rule.maximum())) {
      Add(pointer, field.name(), "OUT_OF_RANGE", "must be at most " + rule.maximum() + ".");
    }
  }

  std::vector<Violation>* violations_;
};

}  // namespace

std::vector<Violation> Validate(const Message& message) {
  std::vector<Violation> violations;
  Walk(&violations).Check(message, "");
  return violations;
}

}  // namespace continuo::json
