#include "libs/json/time_text.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdlib>

namespace continuo::json {
namespace {

// Takes exactly `digits` decimal digits off the front of `text`.
std::optional<int> TakeDigits(std::string_view& text, size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool Take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// Takes ".5" and answers 500,000,000; nothing there is 0.
std::optional<int32_t> TakeFraction(std::string_view& text) {
  if (!Take(text, '.')) return 0;
  int32_t nanos = 0;
  int digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && digits < 9) {
    nanos = nanos * 10 + (text.front() - '0');
    text.remove_prefix(1);
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 9; ++digits) nanos *= 10;
  return nanos;
}

std::optional<int64_t> TakeDay(std::string_view& text) {
  auto year = TakeDigits(text, 4);
  if (!year || *year == 0 || !Take(text, '-')) return std::nullopt;
  auto month = TakeDigits(text, 2);
  if (!month || !Take(text, '-')) return std::nullopt;
  auto day = TakeDigits(text, 2);
  if (!day) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year(*year),
                                   std::chrono::month(static_cast<unsigned>(*month)),
                                   std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

std::optional<int64_t> TakeOffsetSeconds(std::string_view& text) {
  if (Take(text, 'Z')) return 0;
  int sign = text.starts_with('-') ? -1 : 1;
  if (!Take(text, '+') && !Take(text, '-')) return std::nullopt;
  auto hours = TakeDigits(text, 2);
  if (!hours || *hours > 23 || !Take(text, ':')) return std::nullopt;
  auto minutes = TakeDigits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours * 3600 + *minutes * 60);
}

constexpr int64_t kDaySeconds = 86'400;
constexpr int64_t kInstantSecondsMin = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kInstantSecondsMax = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr int64_t kDurationSecondsMax = 315'576'000'000;  // what google.protobuf.Duration may hold

}  // namespace

std::optional<SecondsAndNanos> ParseInstant(std::string_view text) {
  auto day = TakeDay(text);
  if (!day || !Take(text, 'T')) return std::nullopt;
  auto hour = TakeDigits(text, 2);
  if (!hour || *hour > 23 || !Take(text, ':')) return std::nullopt;
  auto minute = TakeDigits(text, 2);
  if (!minute || *minute > 59 || !Take(text, ':')) return std::nullopt;
  auto second = TakeDigits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  auto nanos = TakeFraction(text);
  if (!nanos) return std::nullopt;
  auto offset = TakeOffsetSeconds(text);
  if (!offset || !text.empty()) return std::nullopt;
  int64_t seconds = *day * kDaySeconds + *hour * 3600 + *minute * 60 + *second - *offset;
  if (seconds < kInstantSecondsMin || seconds > kInstantSecondsMax) return std::nullopt;
  return SecondsAndNanos{seconds, *nanos / 1000 * 1000};
}

std::string FormatInstant(SecondsAndNanos since_epoch) {
  using std::chrono::days;
  std::chrono::sys_seconds instant{std::chrono::seconds(since_epoch.seconds)};
  auto midnight = std::chrono::floor<days>(instant);
  std::chrono::year_month_day date{midnight};
  auto of_day = static_cast<int>((instant - midnight).count());
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()), of_day / 3600,
                                 of_day / 60 % 60, of_day % 60);
  if (int micros = since_epoch.nanos / 1000; micros != 0) text += fmt::format(".{:06}", micros);
  return text + 'Z';
}

std::optional<SecondsAndNanos> ParseDuration(std::string_view text) {
  int sign = Take(text, '-') ? -1 : 1;
  int64_t seconds = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || seconds < 0 || seconds > kDurationSecondsMax) return std::nullopt;
  if (text.front() == '-') return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  auto nanos = TakeFraction(text);
  if (!nanos || text != "s") return std::nullopt;
  return SecondsAndNanos{sign * seconds, sign * *nanos};
}

std::string FormatDuration(SecondsAndNanos duration) {
  bool negative = duration.seconds < 0 || duration.nanos < 0;
  std::string text = fmt::format("{}{}", negative ? "-" : "", std::llabs(duration.seconds));
  if (int nanos = std::abs(duration.nanos); nanos != 0) {
    std::string fraction = fmt::format("{:09}", nanos);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += '.' + fraction;
  }
  return text + 's';
}

}  // namespace continuo::json
