#include "libs/calendar/date.h"

#include <cstdio>

namespace continuo::calendar {
namespace {

constexpr std::size_t kDateLength = 10;

Failure NotADate(std::string_view text) {
  return Invalid("", "INVALID_DATE",
                 "'" + std::string(text.substr(0, 32)) +
                     "' is not a date. Write an existing day as \"2026-02-28\".");
}

}  // namespace

Result<Date> Date::Parse(std::string_view text) {
  if (text.size() != kDateLength || text[4] != '-' || text[7] != '-') return NotADate(text);
  int parts[3] = {0, 0, 0};
  int part = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      ++part;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return NotADate(text);
    parts[part] = parts[part] * 10 + (text[i] - '0');
  }
  const std::chrono::year_month_day ymd(std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2])));
  if (parts[0] < 1 || !ymd.ok()) return NotADate(text);
  return Date(std::chrono::sys_days(ymd));
}

std::string Date::ToString() const {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", year(), month(), day());
  return text;
}

Date Date::AddMonths(std::int64_t months) const {
  const auto from = ymd();
  const auto to = from.year() / from.month() + std::chrono::months(months);
  const std::chrono::year_month_day last(to / std::chrono::last);
  return Date(std::chrono::sys_days(to / std::min(from.day(), last.day())));
}

Date Date::FirstOfMonth() const { return AddDays(1 - static_cast<int>(day())); }

Date Date::LastOfMonth() const {
  const auto from = ymd();
  return Date(std::chrono::sys_days(from.year() / from.month() / std::chrono::last));
}

}  // namespace continuo::calendar
