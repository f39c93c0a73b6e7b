#include "libs/json/field_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <stdexcept>

#include "continuo/type/v1/options.pb.h"
#include "libs/json/write.h"

namespace continuo::json {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::map<std::string, std::string> FieldTexts(const Message& message) {
  std::string text;
  WriteMessage(message, &text);
  rapidjson::Document document;
  // Numbers are integers here: decimals are written as strings.
  document.Parse(text.data(), text.size());
  std::map<std::string, std::string> fields;
  for (const auto& member : document.GetObject()) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    member.value.Accept(writer);
    fields.emplace(std::string(member.name.GetString(), member.name.GetStringLength()),
                   std::string(buffer.GetString(), buffer.GetSize()));
  }
  return fields;
}

bool MayTravel(const FieldDescriptor& field) {
  const auto& rule = field.options().GetExtension(type::v1::field);
  return !rule.output_only() && !rule.personal() && !rule.secret() && !rule.shown_once();
}

}  // namespace

std::string FieldText(const Message& message, std::string_view field) {
  auto fields = FieldTexts(message);
  const auto found = fields.find(std::string(field));
  if (found == fields.end()) {
    throw std::logic_error(message.GetTypeName() + " has no field " + std::string(field));
  }
  return found->second;
}

std::map<std::string, FieldChange> ChangedFields(const Message& before, const Message& after) {
  const auto from = FieldTexts(before);
  const auto to = FieldTexts(after);
  std::map<std::string, FieldChange> changes;
  for (int i = 0; i < after.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *after.GetDescriptor()->field(i);
    if (!MayTravel(field)) continue;
    const std::string& old_text = from.at(field.name());
    const std::string& new_text = to.at(field.name());
    if (old_text != new_text) changes[field.name()] = {old_text, new_text};
  }
  return changes;
}

}  // namespace continuo::json
