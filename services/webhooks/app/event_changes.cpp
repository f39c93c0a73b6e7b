#include "services/webhooks/app/event_changes.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace continuo::webhooks::app {
namespace {

using rapidjson::Value;

std::string TextOf(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

// 5 or "5"
std::optional<money::Decimal> NumberIn(const Value& value) {
  if (!value.IsString() && !value.IsNumber()) return std::nullopt;
  const auto number = money::Decimal::Parse(value.IsString() ? value.GetString() : TextOf(value));
  if (!number) return std::nullopt;
  return *number;
}

domain::FieldValue ValueOf(const Value& value) {
  domain::FieldValue read{.json = TextOf(value), .number = NumberIn(value), .currency = {}};
  if (!value.IsObject()) return read;
  const auto amount = value.FindMember("amount");
  const auto currency = value.FindMember("currency");
  if (amount == value.MemberEnd() || currency == value.MemberEnd()) return read;
  if (!currency->value.IsString()) return read;
  read.number = NumberIn(amount->value);
  read.currency = currency->value.GetString();
  return read;
}

// One side of a change: JSON in a string, or null.
domain::FieldValue SideOf(const Value& change, const char* name) {
  const auto side = change.FindMember(name);
  if (side == change.MemberEnd() || !side->value.IsString()) return {.json = "null"};
  rapidjson::Document value;
  value.Parse(side->value.GetString(), side->value.GetStringLength());
  if (value.HasParseError()) return {.json = side->value.GetString()};
  return ValueOf(value);
}

}  // namespace

std::map<std::string, domain::FieldChange> ChangesIn(std::string_view data) {
  std::map<std::string, domain::FieldChange> changes;
  rapidjson::Document event;
  event.Parse(data.data(), data.size());
  if (event.HasParseError() || !event.IsObject()) return changes;
  const auto told = event.FindMember("changes");
  if (told != event.MemberEnd() && told->value.IsObject()) {
    for (const auto& [name, change] : told->value.GetObject()) {
      if (!change.IsObject()) continue;
      changes[name.GetString()] = {SideOf(change, "from"), SideOf(change, "to")};
    }
  }
  for (const auto& [name, from] : event.GetObject()) {
    const std::string_view text(name.GetString(), name.GetStringLength());
    if (!text.starts_with("from_")) continue;
    const std::string field(text.substr(5));
    const auto to = event.FindMember(("to_" + field).c_str());
    if (to != event.MemberEnd()) changes[field] = {ValueOf(from), ValueOf(to->value)};
  }
  return changes;
}

}  // namespace continuo::webhooks::app
