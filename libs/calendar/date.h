// A day of the civil calendar, without a zone: what contracts, prices and invoices speak of.
//
//   ASSIGN_OR_RETURN(const Date start, Date::Parse("2026-01-31"));
//   start.AddMonths(1).ToString() == "2026-02-28"      // clamped to the month's end
//   Date(2026, 3, 1) - start == 29
//
// It never asks what today is: `today` is an argument everywhere. Days of an instant are in zone.h.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "libs/result/result.h"

namespace continuo::calendar {

class Date {
 public:
  constexpr Date() = default;  // 1970-01-01
  constexpr explicit Date(std::chrono::sys_days days) : days_(days) {}
  // An existing day; for code and tests. Text from outside goes through Parse.
  constexpr Date(int year, unsigned month, unsigned day)
      : days_(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) {}

  // "YYYY-MM-DD", years 0001 to 9999, an existing day.
  static Result<Date> Parse(std::string_view text);
  std::string ToString() const;

  constexpr std::chrono::sys_days days() const { return days_; }
  constexpr std::int64_t DaysSinceEpoch() const { return days_.time_since_epoch().count(); }
  constexpr std::chrono::year_month_day ymd() const { return days_; }
  constexpr int year() const { return static_cast<int>(ymd().year()); }
  constexpr unsigned month() const { return static_cast<unsigned>(ymd().month()); }
  constexpr unsigned day() const { return static_cast<unsigned>(ymd().day()); }
  constexpr std::chrono::weekday weekday() const { return std::chrono::weekday(days_); }

  constexpr Date AddDays(std::int64_t days) const { return Date(days_ + std::chrono::days(days)); }
  // The same day of a later (or earlier) month, or that month's last day where it is shorter. Not
  // to be chained: 31 January, two months on, is 31 March; by single steps it would be 28 March.
  Date AddMonths(std::int64_t months) const;
  Date FirstOfMonth() const;
  Date LastOfMonth() const;
  bool IsLastOfMonth() const { return *this == LastOfMonth(); }

  friend constexpr auto operator<=>(const Date&, const Date&) = default;
  friend constexpr std::int64_t operator-(const Date& later, const Date& earlier) {
    return (later.days_ - earlier.days_).count();
  }
  friend std::ostream& operator<<(std::ostream& out, const Date& d) { return out << d.ToString(); }

 private:
  std::chrono::sys_days days_{};
};

// Half-open: `end` is the first day that no longer belongs to it.
struct Period {
  Date start;
  Date end;

  constexpr std::int64_t days() const { return IsEmpty() ? 0 : end - start; }
  constexpr bool IsEmpty() const { return end <= start; }
  constexpr bool Contains(Date date) const { return start <= date && date < end; }
  constexpr bool Contains(const Period& other) const {
    return other.IsEmpty() || (start <= other.start && other.end <= end);
  }
  constexpr bool Overlaps(const Period& other) const { return !Intersect(other).IsEmpty(); }
  // Empty where they have no day in common.
  constexpr Period Intersect(const Period& other) const {
    return {start < other.start ? other.start : start, end < other.end ? end : other.end};
  }
  std::string ToString() const { return "[" + start.ToString() + ", " + end.ToString() + ")"; }

  friend constexpr auto operator<=>(const Period&, const Period&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Period& p) {
    return out << p.ToString();
  }
};

}  // namespace continuo::calendar

template <>
struct std::hash<continuo::calendar::Date> {
  std::size_t operator()(continuo::calendar::Date date) const noexcept {
    return std::hash<std::int64_t>{}(date.DaysSinceEpoch());
  }
};
