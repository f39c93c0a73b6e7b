// Reads a JSON request body into a protobuf message, strictly.
//
//   billing::v1::Invoice invoice;
//   ASSIGN_OR_RETURN(auto named, json::ReadMessage(body, &invoice, json::Direction::kRequest));
//   // named == {"account_id", "lines"}: what a PATCH changes, fields set to null among them
//
// The rules: member names are the proto field names; an enum value is its name in lower snake_case
// without the enum's own name (QUOTE_STATUS_DRAFT is "draft"); 64-bit integers are numbers within
// 2^53 or decimal strings; instants are RFC 3339; bytes are base64; null means unset.
// What is not JSON is a MALFORMED_JSON fault with the byte offset; what is JSON but does not fit the
// message is an INVALID_REQUEST fault with a violation for each place, up to twenty.
//
// It checks shapes only: what a value must be (required, a date, at most 40 characters) is
// libs/json/validate.h. Well-known types must be generated classes, not dynamic messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/result/result.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace continuo::json {

// Levels of objects and arrays, the body itself included.
inline constexpr int kNestingMax = 32;

enum class Direction {
  kRequest,   // fields marked output_only are skipped, whatever they hold
  kResponse,  // every field is read
  kStored,    // an event or a stored document: a field of a later release is skipped, not refused
};

// The top-level fields that the body names, in the order of the body.
using NamedFields = std::vector<std::string>;

// `text` is one JSON object. The message is changed even when a fault is returned.
Result<NamedFields> ReadMessage(std::string_view text, google::protobuf::Message* message,
                                Direction direction = Direction::kRequest);

// Sets one field from text that is not JSON: a query parameter or a path variable. A repeated field
// grows by one element. The violation's pointer is the parameter's name.
//   ReadText("25", *limit_field, &request);
Result<void> ReadText(std::string_view text, const google::protobuf::FieldDescriptor& field,
                      google::protobuf::Message* message);

}  // namespace continuo::json
