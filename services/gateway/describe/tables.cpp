#include "services/gateway/describe/tables.h"

#include <google/protobuf/descriptor.h>

#include <map>
#include <string>
#include <vector>

#include "continuo/type/v1/options.pb.h"
#include "libs/rpc/proto_files.h"
#include "libs/rpc/method_rules.h"
#include "libs/rpc/proto_files.h"
#include "services/gateway/describe/schema.h"
#include "services/gateway/problem.h"

namespace continuo::gateway {
namespace {

using google::protobuf::Descriptor;

std::map<std::string, const Descriptor*> PublishedEvents() {
  std::map<std::string, const Descriptor*> events;
  for (const auto* file : rpc::LinkedProtoFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      const auto& rule = file->message_type(i)->options().GetExtension(type::v1::event);
      if (!rule.type().empty() && !rule.internal()) events[rule.type()] = file->message_type(i);
    }
  }
  return events;
}

std::string ReferenceTo(const std::string& part, const std::string& name) {
  return "#/" + part + "/" + name;
}

// One channel for each service's topic, with the messages that it carries.
void WriteChannels(JsonWriter& writer, const std::map<std::string, const Descriptor*>& events) {
  std::map<std::string, std::vector<std::string>> by_topic;
  for (const auto& [type, message] : events) {
    by_topic[rpc::ServiceOf(message->full_name())].push_back(type);
  }
  writer.Key("channels");
  writer.StartObject();
  for (const auto& [topic, types] : by_topic) {
    writer.Key(topic.c_str());
    writer.StartObject();
    Member(writer, "address", "continuo." + topic);
    writer.Key("messages");
    writer.StartObject();
    for (const auto& type : types) {
      writer.Key(type.c_str());
      writer.StartObject();
      Member(writer, "$ref", ReferenceTo("components/messages", type));
      writer.EndObject();
    }
    writer.EndObject();
    writer.EndObject();
  }
  writer.EndObject();
  writer.Key("operations");
  writer.StartObject();
  for (const auto& [topic, types] : by_topic) {
    writer.Key((topic + "_tells").c_str());
    writer.StartObject();
    Member(writer, "action", "send");
    writer.Key("channel");
    writer.StartObject();
    Member(writer, "$ref", ReferenceTo("channels", topic));
    writer.EndObject();
    writer.EndObject();
  }
  writer.EndObject();
}

void WriteMessages(JsonWriter& writer, SchemaWriter& schemas,
                   const std::map<std::string, const Descriptor*>& events) {
  writer.Key("messages");
  writer.StartObject();
  for (const auto& [type, message] : events) {
    const auto& rule = message->options().GetExtension(type::v1::event);
    writer.Key(type.c_str());
    writer.StartObject();
    Member(writer, "name", type);
    Member(writer, "summary", rule.summary());
    Member(writer, "contentType", "application/json");
    // The prefix of the subject's id: "ord" for ord_01h...
    Member(writer, "x-subject", rule.subject());
    writer.Key("payload");
    schemas.Reference(*message, SchemaWriter::Use::kEvent);
    writer.EndObject();
  }
  writer.EndObject();
}

}  // namespace

std::string EventTable() {
  const auto events = PublishedEvents();
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.SetIndent(' ', 1);
  SchemaWriter schemas(writer);
  writer.StartObject();
  Member(writer, "asyncapi", "3.0.0");
  writer.Key("info");
  writer.StartObject();
  Member(writer, "title", "Continuo's events");
  Member(writer, "version", "1");
  Member(writer, "description",
         "CloudEvents 1.0: on Kafka in binary mode (ce_* headers, the key is the partition key), to "
         "webhooks as JSON. The payload is the event's data. Order holds for one key.");
  writer.EndObject();
  Member(writer, "defaultContentType", "application/json");
  WriteChannels(writer, events);
  writer.Key("components");
  writer.StartObject();
  WriteMessages(writer, schemas, events);
  writer.Key("schemas");
  writer.StartObject();
  schemas.Components();
  writer.EndObject();
  writer.EndObject();
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::string ErrorTable() {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.SetIndent(' ', 1);
  writer.StartArray();
  for (const auto& error : AllErrors()) {
    writer.StartObject();
    Member(writer, "code", error.code);
    Member(writer, "service", error.service == "type" ? "any" : error.service);
    writer.Key("status");
    writer.Int(error.status);
    Member(writer, "title", error.title);
    Member(writer, "remedy", error.remedy);
    writer.EndObject();
  }
  writer.EndArray();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace continuo::gateway
