// Single fields of a message as JSON, in the form that WriteMessage gives them.
//
//   FieldText(division, "tax_registrations")   [{"country":"DE","number":"DE811..."}]
//   ChangedFields(before, after)               {{"name", {"\"Old\"", "\"New\""}}}
//
// For json columns, and for the `changes` of events.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace google::protobuf {
class Message;
}

namespace continuo::json {

// A name that is no field of the message is our own bug and throws std::logic_error.
std::string FieldText(const google::protobuf::Message& message, std::string_view field);

struct FieldChange {
  std::string from;
  std::string to;
};
// The top-level fields that differ. Left out: what callers cannot set (output_only), and what must
// not travel in events (personal, secret, shown_once).
std::map<std::string, FieldChange> ChangedFields(const google::protobuf::Message& before,
                                                 const google::protobuf::Message& after);

}  // namespace continuo::json
