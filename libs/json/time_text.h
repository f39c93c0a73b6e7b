// Instants and durations as text, on the wire of the REST interface.
//
//   ParseInstant("2026-01-31T10:00:00+01:00") is 2026-01-31T09:00:00Z
//   FormatInstant({.seconds = 1769850000, .nanos = 250'000'000}) == "2026-01-31T09:00:00.250000Z"
//   ParseDuration("1.5s")
//
// Instants are kept to the microsecond, as Postgres does: further digits are cut off. No leap
// seconds, no dates without a time (a civil date is a string field, FORMAT_DATE).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace continuo::json {

// As google.protobuf.Timestamp and Duration hold it.
struct SecondsAndNanos {
  int64_t seconds = 0;
  int32_t nanos = 0;
  friend bool operator==(const SecondsAndNanos&, const SecondsAndNanos&) = default;
};

// RFC 3339 with an offset or Z, years 0001 to 9999.
std::optional<SecondsAndNanos> ParseInstant(std::string_view text);
std::string FormatInstant(SecondsAndNanos since_epoch);

std::optional<SecondsAndNanos> ParseDuration(std::string_view text);
std::string FormatDuration(SecondsAndNanos duration);

}  // namespace continuo::json
