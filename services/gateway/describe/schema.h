// JSON Schemas (2020-12, as OpenAPI 3.1 and AsyncAPI 3 use them) of the messages, as libs/json reads
// and writes them.
#pragma once

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <map>
#include <set>
#include <string>

namespace google::protobuf {
class Descriptor;
class EnumDescriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace continuo::gateway {

using JsonWriter = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

class SchemaWriter {
 public:
  explicit SchemaWriter(JsonWriter& writer) : writer_(writer) {}

  // {"$ref": "#/components/schemas/billing.Invoice"}; the message is then among Components.
  void Reference(const google::protobuf::Descriptor& message);
  // The schema of one field's values, for parameters.
  void Value(const google::protobuf::FieldDescriptor& field, bool nullable);
  // An object of the message's fields but those that are named.
  void Object(const google::protobuf::Descriptor& message, const std::set<std::string>& without);
  // All that were referred to, each as a member of an object that the caller has opened.
  void Components();

 private:
  void Single(const google::protobuf::FieldDescriptor& field, bool nullable);
  void Text(const google::protobuf::FieldDescriptor& field, bool nullable);

  JsonWriter& writer_;
  std::map<std::string, const google::protobuf::Descriptor*> pending_, written_;
};

// "billing.Invoice"; nested ones "quoting.Quote.Line".
std::string SchemaName(const google::protobuf::Descriptor& message);
// "draft" for QUOTE_STATUS_DRAFT.
std::string EnumText(const google::protobuf::EnumDescriptor& type, int index);

void Member(JsonWriter& writer, const char* name, const std::string& value);

}  // namespace continuo::gateway
