// Checks a request message against the rules that its fields carry in the protos (FieldRule).
//
//   auto violations = json::Validate(request);
//   // {{"/lines/0/quantity", "OUT_OF_RANGE", "quantity must be more than 0."}}
//
// Shapes only: required, formats, ids, lengths, ranges. Whether a reference exists, or two fields
// fit together, is for the use case. Fields marked output_only are passed over; so are nested
// messages that are not set, whatever they require inside.
#pragma once

#include <vector>

#include "libs/result/result.h"

namespace google::protobuf {
class Message;
}

namespace continuo::json {

// Pointers are RFC 6901 into the message. At most twenty; empty when all is well.
std::vector<Violation> Validate(const google::protobuf::Message& message);

}  // namespace continuo::json
