#include "libs/json/schema.h"

#include <memory>
#include <mutex>

#include "continuo/type/v1/options.pb.h"

namespace continuo::json {
namespace {

namespace pb = google::protobuf;

WellKnown WellKnownOf(const pb::Descriptor& type) {
  static const std::unordered_map<std::string_view, WellKnown> kByName = {
      {"google.protobuf.Timestamp", WellKnown::kTimestamp},
      {"google.protobuf.Duration", WellKnown::kDuration},
      {"google.protobuf.FieldMask", WellKnown::kFieldMask},
      {"google.protobuf.Struct", WellKnown::kStruct},
      {"google.protobuf.Value", WellKnown::kValue},
      {"google.protobuf.ListValue", WellKnown::kListValue},
  };
  if (type.file()->name() == "google/protobuf/wrappers.proto") return WellKnown::kWrapper;
  auto found = kByName.find(type.full_name());
  return found == kByName.end() ? WellKnown::kNone : found->second;
}

MessageSchema Describe(const pb::Descriptor& type) {
  MessageSchema schema;
  schema.well_known = WellKnownOf(type);
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor* field = type.field(i);
    bool output_only = field->options().GetExtension(type::v1::field).output_only();
    schema.fields.push_back({field, output_only, i});
    schema.position_by_name.emplace(field->name(), i);
  }
  return schema;
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// "QuoteStatus" -> "QUOTE_STATUS_", "URLKind" -> "URL_KIND_"
std::string ValuePrefix(std::string_view enum_name) {
  std::string prefix;
  for (size_t i = 0; i < enum_name.size(); ++i) {
    char c = enum_name[i];
    bool follows_lower = i > 0 && !IsUpper(enum_name[i - 1]);
    bool leads_lower = i > 0 && i + 1 < enum_name.size() && !IsUpper(enum_name[i + 1]);
    if (IsUpper(c) && (follows_lower || leads_lower)) prefix += '_';
    prefix += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return prefix + '_';
}

EnumSchema Describe(const pb::EnumDescriptor& type) {
  EnumSchema schema;
  const std::string prefix = ValuePrefix(type.name());
  for (int i = 0; i < type.value_count(); ++i) {
    const pb::EnumValueDescriptor* value = type.value(i);
    std::string name = value->name();
    if (name.size() > prefix.size() && name.starts_with(prefix)) name.erase(0, prefix.size());
    for (char& c : name) c = IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    if (value->number() == 0 && name.ends_with("unspecified")) continue;
    if (!schema.choices.empty()) schema.choices += ", ";
    schema.choices += name;
    schema.name_by_number.emplace(value->number(), name);
    schema.number_by_name.emplace(std::move(name), value->number());
  }
  return schema;
}

// One map under a lock for all threads, and one for each thread that needs no lock.
template <class Schema, class Type>
const Schema& Cached(const Type& type) {
  thread_local std::unordered_map<const Type*, const Schema*> known;
  if (auto found = known.find(&type); found != known.end()) return *found->second;
  static std::mutex mutex;
  static auto* shared = new std::unordered_map<const Type*, std::unique_ptr<Schema>>;
  std::lock_guard lock(mutex);
  std::unique_ptr<Schema>& schema = (*shared)[&type];
  if (!schema) schema = std::make_unique<Schema>(Describe(type));
  known.emplace(&type, schema.get());
  return *schema;
}

}  // namespace

const FieldSchema* MessageSchema::Find(std::string_view name) const {
  auto found = position_by_name.find(name);
  return found == position_by_name.end() ? nullptr : &fields[static_cast<size_t>(found->second)];
}

const MessageSchema& SchemaOf(const pb::Descriptor& type) { return Cached<MessageSchema>(type); }

const EnumSchema& SchemaOf(const pb::EnumDescriptor& type) { return Cached<EnumSchema>(type); }

std::string EscapePointer(std::string_view name) {
  std::string escaped;
  for (char c : name) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace continuo::json
