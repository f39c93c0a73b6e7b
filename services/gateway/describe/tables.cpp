#include "services/gateway/describe/tables.h"

#include <google/protobuf/descriptor.h>

#include <map>

#include "continuo/type/v1/options.pb.h"
#include "libs/rpc/descriptors.h"
#include "libs/rpc/method_rules.h"
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

}  // namespace

std::string EventTable() {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.SetIndent(' ', 1);
  SchemaWriter schemas(writer);
  writer.StartObject();
  writer.Key("events");
  writer.StartArray();
  for (const auto& [type, message] : PublishedEvents()) {
    const auto& rule = message->options().GetExtension(type::v1::event);
    writer.StartObject();
    Member(writer, "type", type);
    Member(writer, "topic", "continuo." + rpc::ServiceOf(message->full_name()));
    Member(writer, "when", rule.summary());
    Member(writer, "subject", rule.subject());
    writer.Key("data");
    schemas.Reference(*message);
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("components");
  writer.StartObject();
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
