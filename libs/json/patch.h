// What a PATCH changes, and what an `.updated` event says of it.
//
//   // PATCH {"name": "Initech", "parent_id": null}
//   RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.account(), &account));
//   json::ChangedFields(before, account) == {{"name", "\"Init\"", "\"Initech\""}, ...}
//
// A field that is named takes the request's value as a whole, or is cleared when that is unset;
// nothing is merged inside a message or a list. It does not check the result: the use case does.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/result/result.h"

namespace google::protobuf {
class Message;
}

namespace continuo::json {

// Both messages are of one type. A named field that is output_only is skipped; an immutable one is
// refused, code IMMUTABLE, unless its value stays the same; so is a name that is no field.
Result<void> ApplyPatch(std::span<const std::string> named, const google::protobuf::Message& from,
                        google::protobuf::Message* to);
template <class Names>
Result<void> ApplyPatch(const Names& named, const google::protobuf::Message& from,
                        google::protobuf::Message* to) {
  const std::vector<std::string> names(named.begin(), named.end());
  return ApplyPatch(std::span<const std::string>(names), from, to);
}

// One field's value as JSON, as WriteMessage gives it: FieldText(division, "metadata"). A name that is
// no field of the message is our own bug and throws std::logic_error.
std::string FieldText(const google::protobuf::Message& message, std::string_view field);

struct ChangedField {
  std::string name;
  std::string from;  // JSON; null where it was unset
  std::string to;
};

// The top-level fields that differ, in the order of the proto, without those that are output_only
// and without those that are, or hold, personal data or secrets. A value of more than 500
// characters is told as "[long]", so that the event stays small.
std::vector<ChangedField> ChangedFields(const google::protobuf::Message& before,
                                        const google::protobuf::Message& after);

}  // namespace continuo::json
