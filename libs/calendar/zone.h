// Instants, and the local days of an IANA time zone. The zone data are the machine's own
// (/usr/share/zoneinfo).
//
//   ASSIGN_OR_RETURN(const Zone paris, Zone::Find("Europe/Paris"));
//   LocalDate(instant, paris)                       // the division's business date
//   StartOfDay(Date(2026, 3, 29), paris)            // 2026-03-28T23:00:00Z; the day has 23 hours
//
// Instants are UTC and belong to audit and to due times; the domain works in dates. Where a zone
// skips midnight the day starts at the first instant that exists; where midnight occurs twice, at
// the first. A day that a zone skipped altogether (Samoa, 30 December 2011) starts when the next
// one does. Rules beyond 2037 are not applied.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "libs/calendar/date.h"
#include "libs/result/result.h"

namespace date {
class time_zone;
}

namespace continuo::calendar {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// RFC 3339 with 'Z' or an offset, years 0001 to 9999: "2026-03-01T12:00:00.5+01:00". Kept to the
// microsecond; up to three further digits are cut off. No leap seconds.
Result<Instant> ParseInstant(std::string_view text);
// In UTC: "2026-03-01T11:00:00Z", with six places only when there is a fraction.
std::string FormatInstant(Instant instant);

class Zone {
 public:
  // By its exact IANA name.
  static Result<Zone> Find(std::string_view name);
  static Zone Utc();

  std::string_view name() const;
  friend bool operator==(const Zone& a, const Zone& b) { return a.zone_ == b.zone_; }

 private:
  friend Date LocalDate(Instant instant, const Zone& zone);
  friend Instant StartOfDay(Date date, const Zone& zone);
  explicit Zone(const ::date::time_zone* zone) : zone_(zone) {}

  const ::date::time_zone* zone_;  // never null; lives as long as the program
};

Date LocalDate(Instant instant, const Zone& zone);
Instant StartOfDay(Date date, const Zone& zone);
// The first instant that no longer belongs to the day.
inline Instant EndOfDay(Date date, const Zone& zone) { return StartOfDay(date.AddDays(1), zone); }

}  // namespace continuo::calendar
