// What reading and writing need to know of a message type, looked up once per type.
//
//   const MessageSchema& schema = SchemaOf(*message.GetDescriptor());
//   const FieldSchema* field = schema.Find("unit_price");
//
// Private to libs/json: it speaks in protobuf's descriptors.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace continuo::json {

// Message types with a JSON form of their own.
enum class WellKnown {
  kNone,
  kTimestamp,
  kDuration,
  kFieldMask,
  kStruct,
  kValue,
  kListValue,
  kWrapper,
};

struct FieldSchema {
  const google::protobuf::FieldDescriptor* descriptor = nullptr;
  bool output_only = false;
  int position = 0;  // in MessageSchema::fields
};

struct MessageSchema {
  WellKnown well_known = WellKnown::kNone;
  std::vector<FieldSchema> fields;  // in the order of declaration
  std::unordered_map<std::string_view, int> position_by_name;

  const FieldSchema* Find(std::string_view name) const;
};

// The names of an enum's values on the wire. The zero value `_UNSPECIFIED` has none.
struct EnumSchema {
  std::unordered_map<std::string, int> number_by_name;
  std::unordered_map<int, std::string> name_by_number;
  std::string choices;  // "draft, sent, accepted": for messages to the caller
};

// Both live as long as the process, and may be called from any thread.
const MessageSchema& SchemaOf(const google::protobuf::Descriptor& type);
const EnumSchema& SchemaOf(const google::protobuf::EnumDescriptor& type);

// RFC 6901: '~' and '/' inside a member's name.
std::string EscapePointer(std::string_view name);

}  // namespace continuo::json
