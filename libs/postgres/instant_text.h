// Reads a timestamptz as this library's sessions print it (ISO, UTC): "2026-01-31 09:00:00.25+00".
// For this library's .cpp files only.
#pragma once

#include <optional>
#include <string_view>

#include "libs/calendar/zone.h"

namespace continuo::postgres {

// nullopt for anything else: infinity, years before Christ, another zone.
std::optional<calendar::Instant> InstantOfText(std::string_view text);

}  // namespace continuo::postgres
