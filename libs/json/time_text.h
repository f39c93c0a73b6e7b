// Durations as text, on the wire of the REST interface: ParseDuration("1.5s"). Instants are
// libs/calendar/zone's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace continuo::json {

// As google.protobuf.Duration holds it.
struct SecondsAndNanos {
  int64_t seconds = 0;
  int32_t nanos = 0;
  friend bool operator==(const SecondsAndNanos&, const SecondsAndNanos&) = default;
};

std::optional<SecondsAndNanos> ParseDuration(std::string_view text);
std::string FormatDuration(SecondsAndNanos duration);

}  // namespace continuo::json
