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

  // What a message is read or written as. One message has a schema for each: crm.Lead, crm.LeadInput,
  // crm.LeadPatch.
  enum class Use {
    kAnswer,  // every field is there, null or [] when unset
    kInput,   // what a caller may send: nothing that is output only, null for whatever is not required
    kPatch,   // the same, requiring nothing, and without what never changes
    kEvent,   // unset fields may be absent
  };

  // {"$ref": "#/components/schemas/billing.Invoice"}; the message is then among Components.
  void Reference(const google::protobuf::Descriptor& message, Use use);
  // The schema of one parameter of a URL, where an empty value is refused.
  void Parameter(const google::protobuf::FieldDescriptor& field);
  // A request: an object of the message's fields but those that are named, and no others.
  void Request(const google::protobuf::Descriptor& message, const std::set<std::string>& without);
  // All that were referred to, each as a member of an object that the caller has opened.
  void Components();

 private:
  struct Pending {
    const google::protobuf::Descriptor* message;
    Use use;
  };

  void ReferTo(const std::string& name);
  void Fields(const google::protobuf::Descriptor& message, Use use,
              const std::set<std::string>& without);
  void Value(const google::protobuf::FieldDescriptor& field, Use use, bool nullable);
  void Single(const google::protobuf::FieldDescriptor& field, Use use, bool nullable);
  void Text(const google::protobuf::FieldDescriptor& field, bool nullable);
  void Listed(const char* list, bool nullable);
  void Lists();

  JsonWriter& writer_;
  std::map<std::string, Pending> pending_;
  std::set<std::string> written_;
  bool filled_ = false;  // an empty text is refused
};

// "billing.Invoice"; nested ones "quoting.Quote.Line".
std::string SchemaName(const google::protobuf::Descriptor& message);
// "draft" for QUOTE_STATUS_DRAFT.
std::string EnumText(const google::protobuf::EnumDescriptor& type, int index);

void Member(JsonWriter& writer, const char* name, const std::string& value);

}  // namespace continuo::gateway
