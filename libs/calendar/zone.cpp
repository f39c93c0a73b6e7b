#define USE_OS_TZDB 1  // as Debian builds the library: its classes differ otherwise
#include "libs/calendar/zone.h"

#include <date/tz.h>

#include <cstdio>

namespace continuo::calendar {
namespace {

using std::chrono::microseconds;

Failure NotAnInstant(std::string_view text) {
  return Invalid("", "INVALID_INSTANT",
                 "'" + std::string(text.substr(0, 40)) +
                     "' is not an instant. Write it as \"2026-02-28T12:00:00Z\".");
}

// Two digits at `position`, at most `most`; -1 when they are not.
int TwoDigits(std::string_view text, std::size_t position, int most) {
  if (text.size() < position + 2) return -1;
  int value = 0;
  for (const char digit : text.substr(position, 2)) {
    if (digit < '0' || digit > '9') return -1;
    value = value * 10 + (digit - '0');
  }
  return value <= most ? value : -1;
}

// ".5" is 500000; nothing is zero. Takes what it reads from `rest`.
std::optional<microseconds> ReadFraction(std::string_view& rest) {
  if (!rest.starts_with('.')) return microseconds(0);
  rest.remove_prefix(1);
  std::int64_t value = 0;
  int places = 0;
  while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') {
    if (++places > 9) return std::nullopt;
    if (places <= 6) value = value * 10 + (rest[0] - '0');
    rest.remove_prefix(1);
  }
  if (places == 0) return std::nullopt;
  for (; places < 6; ++places) value *= 10;
  return microseconds(value);
}

std::optional<std::chrono::minutes> ReadOffset(std::string_view rest) {
  if (rest == "Z") return std::chrono::minutes(0);
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
  const int hours = TwoDigits(rest, 1, 23);
  const int minutes = TwoDigits(rest, 4, 59);
  if (hours < 0 || minutes < 0) return std::nullopt;
  const std::chrono::minutes offset(hours * 60 + minutes);
  return rest[0] == '-' ? -offset : offset;
}

}  // namespace

Result<Instant> ParseInstant(std::string_view text) {
  constexpr std::size_t kUpToSeconds = 19;
  if (text.size() <= kUpToSeconds || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':') {
    return NotAnInstant(text);
  }
  const auto date = Date::Parse(text.substr(0, 10));
  const int hours = TwoDigits(text, 11, 23);
  const int minutes = TwoDigits(text, 14, 59);
  const int seconds = TwoDigits(text, 17, 59);
  if (!date || hours < 0 || minutes < 0 || seconds < 0) return NotAnInstant(text);
  std::string_view rest = text.substr(kUpToSeconds);
  const auto fraction = ReadFraction(rest);
  if (!fraction) return NotAnInstant(text);
  const auto offset = ReadOffset(rest);
  if (!offset) return NotAnInstant(text);
  const Instant instant = Instant(date->days()) + std::chrono::hours(hours) +
                          std::chrono::minutes(minutes) + std::chrono::seconds(seconds) + *fraction -
                          *offset;
  // An offset may lead out of the years that a date can have.
  constexpr std::chrono::sys_days kFirst{std::chrono::year(1) / 1 / 1};
  constexpr std::chrono::sys_days kBeyond{std::chrono::year(10'000) / 1 / 1};
  if (instant < kFirst || instant >= kBeyond) return NotAnInstant(text);
  return instant;
}

std::string FormatInstant(Instant instant) {
  const auto days = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss<microseconds> time(instant - days);
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  std::string formatted = Date(days).ToString() + text;
  if (time.subseconds() != microseconds(0)) {
    std::snprintf(text, sizeof text, ".%06d", static_cast<int>(time.subseconds().count()));
    formatted += text;
  }
  return formatted + 'Z';
}

Result<Zone> Zone::Find(std::string_view name) {
  const auto& zones = ::date::get_tzdb().zones;
  const auto found = std::lower_bound(
      zones.begin(), zones.end(), name,
      [](const ::date::time_zone& zone, std::string_view wanted) { return zone.name() < wanted; });
  if (found != zones.end() && found->name() == name) return Zone(&*found);
  return Invalid("", "UNKNOWN_TIME_ZONE",
                 "'" + std::string(name.substr(0, 64)) +
                     "' is not a time zone. Use an IANA name such as \"Europe/Paris\".");
}

Zone Zone::Utc() { return Zone(::date::locate_zone("Etc/UTC")); }

std::string_view Zone::name() const { return zone_->name(); }

Date LocalDate(Instant instant, const Zone& zone) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  const auto offset = zone.zone_->get_info(seconds).offset;
  return Date(std::chrono::floor<std::chrono::days>(seconds + offset));
}

Instant StartOfDay(Date date, const Zone& zone) {
  const ::date::local_days midnight(date.days().time_since_epoch());
  return zone.zone_->to_sys(midnight, ::date::choose::earliest);
}

}  // namespace continuo::calendar
