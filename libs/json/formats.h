// The formats that a proto can ask of a string (the enum Format), and what to send instead.
//
//   CheckFormat(type::v1::FORMAT_DATE, "2026-02-30")
//   // {"INVALID_FORMAT", "Send an existing day as YYYY-MM-DD."}
//
// Private to libs/json.
#pragma once

#include <optional>
#include <string_view>

#include "libs/json/scalar.h"

namespace continuo::json {

// `format` is a value of continuo.type.v1.Format.
std::optional<Misfit> CheckFormat(int format, std::string_view text);

}  // namespace continuo::json
