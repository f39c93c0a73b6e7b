#include "services/gateway/describe/schema.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "continuo/type/v1/options.pb.h"
#include "libs/json/countries.h"
#include "libs/money/currency.h"
#include "services/gateway/describe/comments.h"

namespace continuo::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

// What a text of this format looks like, for people and for generators.
const char* PatternOf(type::v1::Format format) {
  switch (format) {
    case type::v1::FORMAT_DECIMAL:
      return "^-?[0-9]{1,18}(\\.[0-9]{1,8})?$";
    case type::v1::FORMAT_CODE:
      return "^[A-Za-z0-9._-]+$";
    default:
      return nullptr;
  }
}

const char* FormatOf(type::v1::Format format) {
  switch (format) {
    case type::v1::FORMAT_DATE:
      return "date";
    case type::v1::FORMAT_EMAIL:
      return "email";
    case type::v1::FORMAT_URL:
      return "uri";
    default:
      return nullptr;
  }
}

// Of which list of codes a text is one.
const char* ListOf(type::v1::Format format) {
  switch (format) {
    case type::v1::FORMAT_CURRENCY:
      return "Currency";
    case type::v1::FORMAT_COUNTRY:
      return "Country";
    default:
      return nullptr;
  }
}

void Type(JsonWriter& writer, const char* type, bool nullable) {
  writer.Key("type");
  if (!nullable) return void(writer.String(type));
  writer.StartArray();
  writer.String(type);
  writer.String("null");
  writer.EndArray();
}

// Where 0 cannot be told from absent, it is taken for it.
int64_t MinimumOf(const FieldDescriptor& field, const type::v1::FieldRule& rule) {
  const int64_t minimum = std::stoll(rule.minimum());
  return rule.required() || field.has_presence() ? minimum : std::min<int64_t>(minimum, 0);
}

// A part of a request message has no other use that it must be told from.
const char* SuffixOf(const Descriptor& message, SchemaWriter::Use use) {
  if (use == SchemaWriter::Use::kPatch) return "Patch";
  const bool of_a_request = message.full_name().find("Request.") != std::string::npos;
  return use == SchemaWriter::Use::kInput && !of_a_request ? "Input" : "";
}

bool IsSent(SchemaWriter::Use use) {
  return use == SchemaWriter::Use::kInput || use == SchemaWriter::Use::kPatch;
}

bool IsLeftOut(const type::v1::FieldRule& rule, SchemaWriter::Use use) {
  return (IsSent(use) && rule.output_only()) || (use == SchemaWriter::Use::kPatch && rule.immutable());
}

// What the parts of a message are used as: a PATCH replaces them whole.
SchemaWriter::Use UseOfParts(SchemaWriter::Use use) {
  return use == SchemaWriter::Use::kPatch ? SchemaWriter::Use::kInput : use;
}

void Code(JsonWriter& writer, std::string_view code) {
  writer.String(code.data(), static_cast<rapidjson::SizeType>(code.size()));
}
void Code(JsonWriter& writer, const money::Currency& currency) { Code(writer, currency.code()); }

bool Is(const FieldDescriptor& field, const char* message) {
  return field.message_type() != nullptr && field.message_type()->full_name() == message;
}

}  // namespace

void Member(JsonWriter& writer, const char* name, const std::string& value) {
  writer.Key(name);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

std::string SchemaName(const Descriptor& message) {
  std::string name = message.full_name();
  if (name.starts_with("continuo.")) name.erase(0, 9);
  const auto version = name.find(".v1.");
  if (version != std::string::npos) name.erase(version, 3);
  return name;
}

std::string EnumText(const EnumDescriptor& type, int index) {
  std::string prefix;
  for (const char c : type.name()) {
    if (std::isupper(c) && !prefix.empty()) prefix += '_';
    prefix += static_cast<char>(std::toupper(c));
  }
  std::string text = type.value(index)->name();
  if (text.starts_with(prefix + "_")) text.erase(0, prefix.size() + 1);
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return std::tolower(c); });
  return text;
}

void SchemaWriter::Reference(const Descriptor& message, Use use) {
  const std::string name = SchemaName(message) + SuffixOf(message, use);
  if (!written_.contains(name)) pending_.emplace(name, Pending{&message, use});
  ReferTo(name);
}

void SchemaWriter::ReferTo(const std::string& name) {
  writer_.StartObject();
  Member(writer_, "$ref", "#/components/schemas/" + name);
  writer_.EndObject();
}

void SchemaWriter::Listed(const char* list, bool nullable) {
  if (!nullable) return ReferTo(list);
  writer_.StartObject();
  writer_.Key("oneOf");
  writer_.StartArray();
  ReferTo(list);
  writer_.StartObject();
  Member(writer_, "type", "null");
  writer_.EndObject();
  writer_.EndArray();
  writer_.EndObject();
}

void SchemaWriter::Text(const FieldDescriptor& field, bool nullable) {
  const auto& rule = field.options().GetExtension(type::v1::field);
  Type(writer_, "string", nullable);
  if (const auto* format = FormatOf(rule.format())) Member(writer_, "format", format);
  if (!rule.id().empty()) {
    Member(writer_, "pattern", "^" + rule.id() + "_[0-7][0-9a-hjkmnp-tv-z]{25}$");
  } else if (const auto* pattern = PatternOf(rule.format())) {
    Member(writer_, "pattern", pattern);
  }
  if (filled_ || (rule.required() && !field.is_repeated())) {
    writer_.Key("minLength");
    writer_.Int(1);
  }
  if (rule.max_length() > 0 && !field.is_repeated()) {
    writer_.Key("maxLength");
    writer_.Int(rule.max_length());
  }
}

void SchemaWriter::Single(const FieldDescriptor& field, Use use, bool nullable) {
  if (Is(field, "google.protobuf.Struct")) {  // JSON of any shape
    writer_.StartObject();
    Type(writer_, "object", nullable);
    return void(writer_.EndObject());
  }
  if (Is(field, "google.protobuf.Timestamp")) {
    writer_.StartObject();
    Type(writer_, "string", nullable);
    Member(writer_, "format", "date-time");
    return void(writer_.EndObject());
  }
  if (field.message_type() != nullptr) {
    if (!nullable) return Reference(*field.message_type(), UseOfParts(use));
    writer_.StartObject();
    writer_.Key("oneOf");
    writer_.StartArray();
    Reference(*field.message_type(), UseOfParts(use));
    writer_.StartObject();
    Member(writer_, "type", "null");
    writer_.EndObject();
    writer_.EndArray();
    return void(writer_.EndObject());
  }
  const auto& rule = field.options().GetExtension(type::v1::field);
  if (const auto* list = ListOf(rule.format())) return Listed(list, nullable);
  writer_.StartObject();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      Type(writer_, "boolean", nullable && (IsSent(use) || field.has_presence()));
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      Type(writer_, "string", nullable);
      writer_.Key("enum");
      writer_.StartArray();
      for (int i = 0; i < field.enum_type()->value_count(); ++i) {
        if (field.enum_type()->value(i)->number() == 0) continue;
        writer_.String(EnumText(*field.enum_type(), i).c_str());
      }
      if (nullable) writer_.Null();
      writer_.EndArray();
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      Text(field, nullable);
      break;
    default:
      Type(writer_, "integer", nullable && (IsSent(use) || field.has_presence()));
      if (!rule.minimum().empty()) {
        writer_.Key("minimum");
        writer_.Int64(MinimumOf(field, rule));
      }
      if (!rule.maximum().empty()) {
        writer_.Key("maximum");
        writer_.Int64(std::stoll(rule.maximum()));
      }
  }
  writer_.EndObject();
}

void SchemaWriter::Value(const FieldDescriptor& field, Use use, bool nullable) {
  // An answer has {} and [] for none; a caller may send null as well.
  const bool sent = IsSent(use);
  if (field.is_map()) {
    writer_.StartObject();
    Type(writer_, "object", nullable && sent);
    writer_.Key("additionalProperties");
    Single(*field.message_type()->map_value(), use, false);
    return void(writer_.EndObject());
  }
  if (!field.is_repeated()) return Single(field, use, nullable);
  writer_.StartObject();
  Type(writer_, "array", nullable && sent);
  if (sent && field.options().GetExtension(type::v1::field).required()) {
    writer_.Key("minItems");
    writer_.Int(1);
  }
  writer_.Key("items");
  Single(field, use, false);
  writer_.EndObject();
}

void SchemaWriter::Parameter(const FieldDescriptor& field) {
  // More than the largest page is no mistake and gets the largest page; nothing is one.
  if (field.name() == "limit") {
    writer_.StartObject();
    Member(writer_, "type", "integer");
    writer_.Key("minimum");
    writer_.Int(1);
    return void(writer_.EndObject());
  }
  filled_ = true;
  Value(field, Use::kInput, false);
  filled_ = false;
}

void SchemaWriter::Request(const Descriptor& message, const std::set<std::string>& without) {
  writer_.StartObject();
  Fields(message, Use::kInput, without);
  writer_.Key("additionalProperties");
  writer_.Bool(false);
  writer_.EndObject();
}

void SchemaWriter::Fields(const Descriptor& message, Use use,
                          const std::set<std::string>& without) {
  Member(writer_, "type", "object");
  if (const auto comment = CommentOf(message.full_name()); !comment.empty()) {
    Member(writer_, "description", comment);
  }
  std::vector<std::string> required;
  writer_.Key("properties");
  writer_.StartObject();
  for (int i = 0; i < message.field_count(); ++i) {
    const auto& field = *message.field(i);
    if (without.contains(field.name())) continue;
    const auto& rule = field.options().GetExtension(type::v1::field);
    if (IsLeftOut(rule, use)) continue;
    if (use == Use::kAnswer || (use != Use::kPatch && rule.required())) required.push_back(field.name());
    const auto comment = CommentOf(field.full_name());
    writer_.Key(field.name().c_str());
    const bool nullable = !rule.required() && !(use == Use::kAnswer && field.name() == "id");
    if (comment.empty()) {
      Value(field, use, nullable);
      continue;
    }
    // Beside a $ref, a description needs a schema of its own around it.
    writer_.StartObject();
    Member(writer_, "description", comment);
    writer_.Key("allOf");
    writer_.StartArray();
    Value(field, use, nullable);
    writer_.EndArray();
    writer_.EndObject();
  }
  writer_.EndObject();
  if (!required.empty()) {
    writer_.Key("required");
    writer_.StartArray();
    for (const auto& name : required) writer_.String(name.c_str());
    writer_.EndArray();
  }
}

void SchemaWriter::Components() {
  while (!pending_.empty()) {
    const auto [name, pending] = *pending_.begin();
    pending_.erase(pending_.begin());
    written_.insert(name);
    writer_.Key(name.c_str());
    writer_.StartObject();
    Fields(*pending.message, pending.use, {});
    writer_.EndObject();
  }
  Lists();
}

void SchemaWriter::Lists() {
  const auto write = [&](const char* name, const char* description, const auto& codes) {
    writer_.Key(name);
    writer_.StartObject();
    Member(writer_, "type", "string");
    Member(writer_, "description", description);
    writer_.Key("enum");
    writer_.StartArray();
    for (const auto& code : codes) Code(writer_, code);
    writer_.EndArray();
    writer_.EndObject();
  };
  write("Currency", "ISO 4217, those that something can be invoiced in.", money::Currency::All());
  write("Country", "ISO 3166-1 alpha-2.", json::Countries());
}

}  // namespace continuo::gateway
