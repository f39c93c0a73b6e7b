#include "libs/json/write.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <rapidjson/writer.h>

#include <cmath>

#include "libs/json/base64.h"
#include "libs/json/scalar.h"
#include "libs/json/schema.h"
#include "libs/json/time_text.h"
#include "libs/json/timestamp.h"

namespace continuo::json {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;

namespace {

// RapidJSON's output stream onto a string.
struct Appender {
  using Ch = char;
  std::string* out;
  void Put(char c) { out->push_back(c); }
  void Flush() {}
};

// Field's value at an index, or the singular value at index -1.
constexpr int kSingular = -1;

}  // namespace

class Printer {
 public:
  Printer(std::string* out, const WriteOptions& options)
      : appender_{out}, json_(appender_), options_(options), selection_(options.selection) {}

  void Print(const pb::Message& message) {
    switch (SchemaOf(*message.GetDescriptor()).well_known) {
      case WellKnown::kTimestamp: {
        const auto& instant = static_cast<const pb::Timestamp&>(message);
        return Text(calendar::FormatInstant(ToInstant(instant)));
      }
      case WellKnown::kDuration: {
        const auto& duration = static_cast<const pb::Duration&>(message);
        return Text(FormatDuration({duration.seconds(), duration.nanos()}));
      }
      case WellKnown::kFieldMask:
        return PrintFieldMask(static_cast<const pb::FieldMask&>(message));
      case WellKnown::kStruct:
        return PrintStruct(static_cast<const pb::Struct&>(message));
      case WellKnown::kValue:
        return PrintValue(static_cast<const pb::Value&>(message));
      case WellKnown::kListValue:
        return PrintList(static_cast<const pb::ListValue&>(message));
      case WellKnown::kWrapper:
        return PrintScalar(message, *message.GetDescriptor()->field(0), kSingular);
      case WellKnown::kNone:
        return PrintFields(message);
    }
  }

  void AddMember(std::string_view name, const pb::Message* value) {
    const Selection* outer = selection_;
    if (!Select(name)) return;
    Key(name);
    size_t path_size = EnterPath(name);
    if (value == nullptr) {
      json_.Null();
    } else {
      Print(*value);
    }
    path_.resize(path_size);
    selection_ = outer;
  }

  void Text(std::string_view text) {
    json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }

 private:
  void Key(std::string_view name) {
    json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }

  // Narrows the selection to the member `name`; false when it was not asked for.
  bool Select(std::string_view name) {
    if (selection_ == nullptr) return true;
    auto found = selection_->parts.find(name);
    if (found == selection_->parts.end()) return false;
    selection_ = found->second.parts.empty() ? nullptr : &found->second;
    return true;
  }

  // Answers the length to cut the path back to. Only expanding looks at the path.
  size_t EnterPath(std::string_view name) {
    size_t size = path_.size();
    if (!options_.expand) return size;
    if (size > 0) path_ += '.';
    path_ += name;
    return size;
  }

  void PrintFields(const pb::Message& message) {
    json_.StartObject();
    for (const FieldSchema& field : SchemaOf(*message.GetDescriptor()).fields) {
      const Selection* outer = selection_;
      size_t path_size = EnterPath(field.descriptor->name());
      if (Select(field.descriptor->name())) {
        Key(field.descriptor->name());
        PrintField(message, *field.descriptor);
        selection_ = outer;
      }
      if (options_.expand) {
        std::string path = path_;
        path_.resize(path_size);
        Expansion expansion(*this, path);
        options_.expand(*field.descriptor, message, expansion);
      }
    }
    json_.EndObject();
  }

  void PrintField(const pb::Message& message, const Field& field) {
    if (field.is_map()) return PrintMap(message, field);
    if (field.is_repeated()) return PrintRepeated(message, field);
    const pb::Reflection& reflection = *message.GetReflection();
    if (field.has_presence() && !reflection.HasField(message, &field)) {
      json_.Null();
      return;
    }
    bool text = field.cpp_type() == Field::CPPTYPE_STRING;
    if (text && !field.has_presence() && !reflection.HasField(message, &field)) {
      json_.Null();
      return;
    }
    PrintScalar(message, field, kSingular);
  }

  void PrintRepeated(const pb::Message& message, const Field& field) {
    json_.StartArray();
    int size = message.GetReflection()->FieldSize(message, &field);
    for (int i = 0; i < size; ++i) PrintScalar(message, field, i);
    json_.EndArray();
  }

  void PrintMap(const pb::Message& message, const Field& field) {
    const pb::Reflection& reflection = *message.GetReflection();
    const Field& key = *field.message_type()->map_key();
    std::map<std::string, const pb::Message*> entries;
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      const pb::Message& entry = reflection.GetRepeatedMessage(message, &field, i);
      entries[MapKeyText(entry, key)] = &entry;
    }
    json_.StartObject();
    for (const auto& [name, entry] : entries) {
      Key(name);
      PrintScalar(*entry, *field.message_type()->map_value(), kSingular);
    }
    json_.EndObject();
  }

  static std::string MapKeyText(const pb::Message& entry, const Field& key) {
    const pb::Reflection& reflection = *entry.GetReflection();
    switch (key.cpp_type()) {
      case Field::CPPTYPE_BOOL:
        return reflection.GetBool(entry, &key) ? "true" : "false";
      case Field::CPPTYPE_INT32:
        return std::to_string(reflection.GetInt32(entry, &key));
      case Field::CPPTYPE_UINT32:
        return std::to_string(reflection.GetUInt32(entry, &key));
      case Field::CPPTYPE_INT64:
        return std::to_string(reflection.GetInt64(entry, &key));
      case Field::CPPTYPE_UINT64:
        return std::to_string(reflection.GetUInt64(entry, &key));
      default:
        return reflection.GetString(entry, &key);
    }
  }

  void PrintScalar(const pb::Message& message, const Field& field, int index) {
    const pb::Reflection& reflection = *message.GetReflection();
    const bool single = index == kSingular;
    switch (field.cpp_type()) {
      case Field::CPPTYPE_BOOL:
        json_.Bool(single ? reflection.GetBool(message, &field)
                          : reflection.GetRepeatedBool(message, &field, index));
        return;
      case Field::CPPTYPE_INT32:
        json_.Int(single ? reflection.GetInt32(message, &field)
                         : reflection.GetRepeatedInt32(message, &field, index));
        return;
      case Field::CPPTYPE_UINT32:
        json_.Uint(single ? reflection.GetUInt32(message, &field)
                          : reflection.GetRepeatedUInt32(message, &field, index));
        return;
      case Field::CPPTYPE_INT64:
        return PrintInt64(single ? reflection.GetInt64(message, &field)
                                 : reflection.GetRepeatedInt64(message, &field, index));
      case Field::CPPTYPE_UINT64:
        return PrintUint64(single ? reflection.GetUInt64(message, &field)
                                  : reflection.GetRepeatedUInt64(message, &field, index));
      case Field::CPPTYPE_DOUBLE:
        return PrintDouble(single ? reflection.GetDouble(message, &field)
                                  : reflection.GetRepeatedDouble(message, &field, index));
      case Field::CPPTYPE_FLOAT:
        return PrintFloat(single ? reflection.GetFloat(message, &field)
                                 : reflection.GetRepeatedFloat(message, &field, index));
      case Field::CPPTYPE_ENUM:
        return PrintEnum(field, single ? reflection.GetEnumValue(message, &field)
                                       : reflection.GetRepeatedEnumValue(message, &field, index));
      case Field::CPPTYPE_STRING:
        return PrintText(message, field, index);
      case Field::CPPTYPE_MESSAGE:
        return Print(single ? reflection.GetMessage(message, &field)
                            : reflection.GetRepeatedMessage(message, &field, index));
    }
  }

  void PrintText(const pb::Message& message, const Field& field, int index) {
    const pb::Reflection& reflection = *message.GetReflection();
    std::string scratch;
    const std::string& text =
        index == kSingular
            ? reflection.GetStringReference(message, &field, &scratch)
            : reflection.GetRepeatedStringReference(message, &field, index, &scratch);
    Text(field.type() == Field::TYPE_BYTES ? EncodeBase64(text) : text);
  }

  void PrintInt64(int64_t number) {
    if (number > kExactIntegerMax || number < -kExactIntegerMax) {
      return Text(std::to_string(number));
    }
    json_.Int64(number);
  }
  void PrintUint64(uint64_t number) {
    if (number > static_cast<uint64_t>(kExactIntegerMax)) return Text(std::to_string(number));
    json_.Uint64(number);
  }
  // Whole numbers without ".0", as they came.
  void PrintDouble(double number) {
    bool whole = std::floor(number) == number &&
                 std::fabs(number) <= static_cast<double>(kExactIntegerMax);
    if (whole && !(number == 0 && std::signbit(number))) {
      json_.Int64(static_cast<int64_t>(number));
    } else if (std::isfinite(number)) {
      json_.Double(number);
    } else {
      json_.Null();
    }
  }
  // With the digits of the float, not those of the double nearest to it.
  void PrintFloat(float number) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.9g", static_cast<double>(number));
    for (int precision = 6; precision < 9; ++precision) {
      char shorter[32];
      std::snprintf(shorter, sizeof shorter, "%.*g", precision, static_cast<double>(number));
      if (std::strtof(shorter, nullptr) == number) return PrintDouble(std::atof(shorter));
    }
    PrintDouble(std::atof(digits));
  }
  void PrintEnum(const Field& field, int number) {
    const EnumSchema& schema = SchemaOf(*field.enum_type());
    auto found = schema.name_by_number.find(number);
    if (found == schema.name_by_number.end()) {
      json_.Null();
    } else {
      Text(found->second);
    }
  }

  void PrintFieldMask(const pb::FieldMask& mask) {
    std::string paths;
    for (const std::string& path : mask.paths()) {
      if (!paths.empty()) paths += ',';
      paths += path;
    }
    Text(paths);
  }
  void PrintStruct(const pb::Struct& members) {
    std::map<std::string_view, const pb::Value*> sorted;
    for (const auto& [name, value] : members.fields()) sorted[name] = &value;
    json_.StartObject();
    for (const auto& [name, value] : sorted) {
      Key(name);
      PrintValue(*value);
    }
    json_.EndObject();
  }
  void PrintList(const pb::ListValue& list) {
    json_.StartArray();
    for (const pb::Value& value : list.values()) PrintValue(value);
    json_.EndArray();
  }
  void PrintValue(const pb::Value& value) {
    switch (value.kind_case()) {
      case pb::Value::kBoolValue:
        json_.Bool(value.bool_value());
        return;
      case pb::Value::kNumberValue:
        return PrintDouble(value.number_value());
      case pb::Value::kStringValue:
        return Text(value.string_value());
      case pb::Value::kStructValue:
        return PrintStruct(value.struct_value());
      case pb::Value::kListValue:
        return PrintList(value.list_value());
      case pb::Value::kNullValue:
      case pb::Value::KIND_NOT_SET:
        json_.Null();
        return;
    }
  }

  Appender appender_;
  rapidjson::Writer<Appender> json_;
  const WriteOptions& options_;
  const Selection* selection_;  // of the message being printed; null: everything
  std::string path_;
};

void Expansion::Add(std::string_view name, const pb::Message& value) {
  printer_.AddMember(name, &value);
}

void Expansion::AddNull(std::string_view name) { printer_.AddMember(name, nullptr); }

namespace {

// Adds one path of `fields=`; false when a name is not a field.
bool Choose(std::string_view path, const pb::Descriptor* type, Selection* selection) {
  size_t dot = path.find('.');
  std::string name(path.substr(0, dot));
  const Field* field = type == nullptr ? nullptr : type->FindFieldByName(name);
  // What expanding adds has a type that is not known here: its parts are taken as they are.
  bool expands = type == nullptr || type->FindFieldByName(name + "_id") != nullptr;
  if (name.empty() || (field == nullptr && !expands)) return false;
  auto [part, is_new] = selection->parts.try_emplace(std::move(name));
  bool already_whole = !is_new && part->second.parts.empty();
  if (dot == std::string_view::npos) {
    part->second.parts.clear();
    return true;
  }
  if (field != nullptr && field->cpp_type() != Field::CPPTYPE_MESSAGE) return false;
  Selection parts = std::move(part->second);
  if (!Choose(path.substr(dot + 1), field == nullptr ? nullptr : field->message_type(), &parts)) {
    return false;
  }
  part->second = already_whole ? Selection{} : std::move(parts);
  return true;
}

}  // namespace

Result<Selection> ParseSelection(std::string_view comma_separated, const pb::Descriptor& type) {
  Selection selection;
  while (true) {
    size_t comma = comma_separated.find(',');
    std::string_view path = comma_separated.substr(0, comma);
    if (!Choose(path, &type, &selection)) {
      return Invalid("/fields", "UNKNOWN_FIELD",
                     "There is no field '" + std::string(path) + "'; remove it from fields.");
    }
    if (comma == std::string_view::npos) return selection;
    comma_separated.remove_prefix(comma + 1);
  }
}

void WriteMessage(const pb::Message& message, std::string* out, const WriteOptions& options) {
  Printer(out, options).Print(message);
}

void WriteString(std::string_view text, std::string* out) {
  static const WriteOptions kDefault;
  Printer(out, kDefault).Text(text);
}

}  // namespace continuo::json
