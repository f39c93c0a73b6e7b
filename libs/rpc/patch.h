// What every PATCH does: see that the caller knew the current state, and change the fields it named.
//
//   RETURN_IF_FAULT(rpc::CheckRevision(call, division.revision()));
//   RETURN_IF_FAULT(rpc::ApplyPatch(request.update_mask(), request.division(), &division));
//
// Storing, and rules that speak of more than one field, are the use case's.
#pragma once

#include <cstdint>
#include <string>

#include "libs/result/result.h"

namespace google::protobuf {
class Message;
template <class T>
class RepeatedPtrField;
}  // namespace google::protobuf

namespace continuo::rpc {

struct Call;

// ETAG_MISMATCH when the call's If-Match names another revision. No If-Match, or "*": any will do.
Result<void> CheckRevision(const Call& call, std::int64_t revision);

// Sets each field that the mask names to its value in `patch`, or clears it where it is unset there.
// Output-only fields are passed over, whatever they hold. A field that cannot be changed after
// creation is a violation, unless it keeps its value.
Result<void> ApplyPatch(const google::protobuf::RepeatedPtrField<std::string>& mask,
                        const google::protobuf::Message& patch,
                        google::protobuf::Message* current);

}  // namespace continuo::rpc
