#include "libs/postgres/instant_text.h"

#include <charconv>

namespace continuo::postgres {
namespace {

// The digits text[from, from + count) as a number; -1 when they are none.
int Digits(std::string_view text, size_t from, size_t count) {
  int value = -1;
  const char* const end = text.data() + from + count;
  const auto [stop, error] = std::from_chars(text.data() + from, end, value);
  return error == std::errc() && stop == end ? value : -1;
}

}  // namespace

std::optional<calendar::Instant> InstantOfText(std::string_view text) {
  constexpr size_t kWithoutFraction = 22;  // "2026-01-31 09:00:00+00"
  if (text.size() < kWithoutFraction || text[10] != ' ' || !text.ends_with("+00")) {
    return std::nullopt;
  }
  int64_t microseconds = 0;
  if (text.size() > kWithoutFraction) {
    const size_t places = text.size() - kWithoutFraction - 1;
    if (text[19] != '.' || places > 6) return std::nullopt;
    microseconds = Digits(text, 20, places);
    for (size_t i = places; i < 6; ++i) microseconds *= 10;
  }
  const auto day =
      std::chrono::sys_days(std::chrono::year(Digits(text, 0, 4)) /
                            std::chrono::month(static_cast<unsigned>(Digits(text, 5, 2))) /
                            std::chrono::day(static_cast<unsigned>(Digits(text, 8, 2))));
  return day + std::chrono::hours(Digits(text, 11, 2)) + std::chrono::minutes(Digits(text, 14, 2)) +
         std::chrono::seconds(Digits(text, 17, 2)) + std::chrono::microseconds(microseconds);
}

}  // namespace continuo::postgres
