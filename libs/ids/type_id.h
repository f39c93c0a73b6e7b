// Ids as callers see them: TypeIDs (the TypeID specification, version 0.3), a prefix that tells the
// kind and the UUID in 26 characters of Crockford's base32, lower case.
//
//   FormatTypeId("inv", uuid) == "inv_01jqxk3v2ef4m9t7r5w8y0zabc"
//   ParseTypeId("inv", "acc_01jqxk...")   // Fault INVALID_ID: another kind
//
// One thing has one text: upper case, the letters i, l, o, u and anything above 128 bits are
// refused. Which HTTP status a bad id becomes (404 in the path, 400 in a body) is the edge's
// decision.
#pragma once

#include <string>
#include <string_view>

#include "libs/ids/uuid.h"
#include "libs/result/result.h"

namespace continuo::ids {

std::string FormatTypeId(std::string_view prefix, const Uuid& id);
Result<Uuid> ParseTypeId(std::string_view prefix, std::string_view text);

}  // namespace continuo::ids
