#include "services/gateway/describe/schema.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "continuo/type/v1/options.pb.h"
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
    case type::v1::FORMAT_CURRENCY:
      return "^[A-Z]{3}$";
    case type::v1::FORMAT_COUNTRY:
      return "^[A-Z]{2}$";
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

void Type(JsonWriter& writer, const char* type, bool nullable) {
  writer.Key("type");
  if (!nullable) return void(writer.String(type));
  writer.StartArray();
  writer.String(type);
  writer.String("null");
  writer.EndArray();
}

bool IsTimestamp(const FieldDescriptor& field) {
  return field.message_type() != nullptr &&
         field.message_type()->full_name() == "google.protobuf.Timestamp";
}

// Any JSON object.
bool IsFreeObject(const FieldDescriptor& field) {
  return field.message_type() != nullptr &&
         field.message_type()->full_name() == "google.protobuf.Struct";
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

void SchemaWriter::Reference(const Descriptor& message) {
  const std::string name = SchemaName(message);
  if (!written_.contains(name)) pending_.emplace(name, &message);
  writer_.StartObject();
  Member(writer_, "$ref", "#/components/schemas/" + name);
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
  if (rule.max_length() > 0 && !field.is_repeated()) {
    writer_.Key("maxLength");
    writer_.Int(rule.max_length());
  }
}

void SchemaWriter::Single(const FieldDescriptor& field, bool nullable) {
  if (IsFreeObject(field)) {
    writer_.StartObject();
    Type(writer_, "object", nullable);
    writer_.Key("additionalProperties");
    writer_.Bool(true);
    return void(writer_.EndObject());
  }
  if (IsTimestamp(field)) {
    writer_.StartObject();
    Type(writer_, "string", nullable);
    Member(writer_, "format", "date-time");
    return void(writer_.EndObject());
  }
  if (field.message_type() != nullptr) {
    if (!nullable) return Reference(*field.message_type());
    writer_.StartObject();
    writer_.Key("oneOf");
    writer_.StartArray();
    Reference(*field.message_type());
    writer_.StartObject();
    Member(writer_, "type", "null");
    writer_.EndObject();
    writer_.EndArray();
    return void(writer_.EndObject());
  }
  writer_.StartObject();
  const auto& rule = field.options().GetExtension(type::v1::field);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      Type(writer_, "boolean", nullable && field.has_presence());
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
      Type(writer_, "integer", nullable && field.has_presence());
      if (!rule.minimum().empty()) {
        writer_.Key("minimum");
        writer_.Int64(std::stoll(rule.minimum()));
      }
      if (!rule.maximum().empty()) {
        writer_.Key("maximum");
        writer_.Int64(std::stoll(rule.maximum()));
      }
  }
  writer_.EndObject();
}

void SchemaWriter::Value(const FieldDescriptor& field, bool nullable) {
  if (field.is_map()) {
    writer_.StartObject();
    Member(writer_, "type", "object");
    writer_.Key("additionalProperties");
    Single(*field.message_type()->map_value(), false);
    return void(writer_.EndObject());
  }
  if (!field.is_repeated()) return Single(field, nullable);
  writer_.StartObject();
  Member(writer_, "type", "array");
  writer_.Key("items");
  Single(field, false);
  writer_.EndObject();
}

void SchemaWriter::Object(const Descriptor& message, const std::set<std::string>& without) {
  writer_.StartObject();
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
    if (rule.required()) required.push_back(field.name());
    const auto comment = CommentOf(field.full_name());
    writer_.Key(field.name().c_str());
    if (comment.empty() && !rule.output_only()) {
      Value(field, !rule.required());
      continue;
    }
    // Beside a $ref, a description needs a schema of its own around it.
    writer_.StartObject();
    if (!comment.empty()) Member(writer_, "description", comment);
    if (rule.output_only()) {
      writer_.Key("readOnly");
      writer_.Bool(true);
    }
    writer_.Key("allOf");
    writer_.StartArray();
    Value(field, !rule.required());
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
  writer_.EndObject();
}

void SchemaWriter::Components() {
  while (!pending_.empty()) {
    const auto [name, message] = *pending_.begin();
    pending_.erase(pending_.begin());
    written_.emplace(name, message);
    writer_.Key(name.c_str());
    Object(*message, {});
  }
}

}  // namespace continuo::gateway
