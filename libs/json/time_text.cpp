#include "libs/json/time_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

namespace continuo::json {
namespace {

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

constexpr int64_t kDurationSecondsMax = 315'576'000'000;  // what google.protobuf.Duration may hold

}  // namespace

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
