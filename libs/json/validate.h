// Checks a request against what its proto says of each field (the option FieldRule).
//
//   auto violations = json::Validate(request);
//   // {{"/lines/0/quantity", "REQUIRED", "Give quantity a value."}}
//
// Every request passes here once, in the server of the service that it is for; handlers start from
// values that are present, well formed, within their range and of bearable length. Fields that are
// output-only are not looked at.
//
// A request with the field `update_mask` is a PATCH of the resource beside it: what the mask does
// not name is not required there, and what is immutable must not be named.
//
// It knows one field at a time. What depends on two fields, on the state or on the caller is domain.
#pragma once

#include <vector>

#include "libs/result/result.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace continuo::json {

// Characters of a string and elements of a list or map, when the proto says nothing.
inline constexpr int kLengthMax = 2'000;
inline constexpr int kElementsMax = 1'000;

// Pointers begin at the request; the gateway cuts off the field that the JSON body fills.
// An integer without `optional` cannot tell 0 from absent: its range counts when it is not 0 or is
// required.
std::vector<Violation> Validate(const google::protobuf::Message& request);

}  // namespace continuo::json
