#include "libs/calendar/zone.h"

#include <rapidcheck.h>

#include "libs/calendar/cycle.h"
#include "libs/testing/catch/catch.h"

namespace continuo::calendar {
namespace {

Date On(std::string_view text) { return Date::Parse(text).value(); }
Instant At(std::string_view text) { return ParseInstant(text).value(); }
Zone In(std::string_view name) { return Zone::Find(name).value(); }

TEST_CASE("Instants are read from RFC 3339 and written in UTC") {
  const auto [text, canonical] = GENERATE(table<std::string, std::string>(
      {{"2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"},
       {"2026-03-01T12:00:00+01:00", "2026-03-01T11:00:00Z"},
       {"2026-01-01T00:30:00+05:45", "2025-12-31T18:45:00Z"},
       {"2026-03-01T12:00:00-08:00", "2026-03-01T20:00:00Z"},
       {"2026-03-01T12:00:00.5Z", "2026-03-01T12:00:00.500000Z"},
       {"2026-03-01T12:00:00.123456789Z", "2026-03-01T12:00:00.123456Z"},
       {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
       {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
       {"2026-03-01T12:00:00.000001Z", "2026-03-01T12:00:00.000001Z"},
       {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"}}));
  CHECK(FormatInstant(At(text)) == canonical);
}

TEST_CASE("What is not an instant is refused") {
  const auto text = GENERATE(
      as<std::string>(), "", "2026-03-01", "2026-03-01T12:00:00", "2026-03-01 12:00:00Z",
      "2026-02-29T12:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z",
      "2026-03-01T12:00:60Z", "2026-03-01T12:00Z", "2026-03-01T12:00:00.Z",
      "2026-03-01T12:00:00.1234567890Z", "2026-03-01t12:00:00z",
      "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "2026-03-01T12:00:00+0100", "2026-03-01T12:00:00+24:00",
      "2026-03-01T12:00:00 01:00", "2026-03-01T12:00:00ZZ", "2026-03-01T-1:00:00Z");
  INFO(text);
  CHECK_FALSE(ParseInstant(text).has_value());
}

TEST_CASE("Instants survive their text") {
  CHECK(rc::check([] {
    const Instant instant(std::chrono::microseconds(
        *rc::gen::inRange<std::int64_t>(-60'000'000'000'000'000, 250'000'000'000'000'000)));
    RC_ASSERT(At(FormatInstant(instant)) == instant);
  }));
}

TEST_CASE("Only IANA names are zones") {
  CHECK(In("Europe/Paris").name() == "Europe/Paris");
  CHECK(In("Etc/UTC") == Zone::Utc());
  const auto name = GENERATE(as<std::string>(), "", "Europe", "Europe/paris", "CEST+2", "../passwd",
                             "Mars/Olympus", "Europe/Paris ");
  CHECK_FALSE(Zone::Find(name).has_value());
}

TEST_CASE("A day starts when its zone says") {
  const auto [why, zone, day, start,
              hours] = GENERATE(table<std::string, std::string, std::string, std::string, int>({
      {"winter", "Europe/Paris", "2026-01-15", "2026-01-14T23:00:00Z", 24},
      {"clocks go forward", "Europe/Paris", "2026-03-29", "2026-03-28T23:00:00Z", 23},
      {"clocks go back", "Europe/Paris", "2026-10-25", "2026-10-24T22:00:00Z", 25},
      {"forward at midnight: 00:00 does not exist", "America/Sao_Paulo", "2018-11-04",
       "2018-11-04T03:00:00Z", 23},
      {"forward at midnight, from the Monday", "Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z",
       23},
      {"back over midnight: 00:00 occurs twice", "America/Havana", "2024-11-03",
       "2024-11-03T04:00:00Z", 25},
      {"ahead of UTC by 14 hours", "Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00Z", 24},
      {"by three quarters of an hour", "Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00Z", 24},
      {"half an hour of daylight saving", "Australia/Lord_Howe", "2026-10-04",
       "2026-10-03T13:30:00Z", 23},  // 23.5, floored below
      {"UTC", "Etc/UTC", "2024-02-29", "2024-02-29T00:00:00Z", 24},
  }));
  INFO(why);
  CHECK(FormatInstant(StartOfDay(On(day), In(zone))) == start);
  const auto length = EndOfDay(On(day), In(zone)) - StartOfDay(On(day), In(zone));
  CHECK(std::chrono::floor<std::chrono::hours>(length).count() == hours);
}

TEST_CASE("A day that a zone skipped starts with the next one") {
  const Zone apia = In("Pacific/Apia");
  CHECK(StartOfDay(On("2011-12-30"), apia) == StartOfDay(On("2011-12-31"), apia));
  CHECK(LocalDate(StartOfDay(On("2011-12-30"), apia), apia) == On("2011-12-31"));
}

TEST_CASE("A customer ahead of UTC is billed on the local day, once") {
  // lago-api billing_spec.rb, weekly anniversary, UTC+: the period's key is the local date.
  const Zone paris = In("Europe/Paris");
  const Anchor anchor = Anchor::On(On("2023-05-02"));
  const auto [run, period] = GENERATE(table<std::string, int>({{"2023-05-22T21:00:00Z", 2},
                                                               {"2023-05-22T22:00:00Z", 3},
                                                               {"2023-05-23T20:00:00Z", 3},
                                                               {"2023-05-23T21:00:00Z", 3},
                                                               {"2023-05-24T00:10:00Z", 3}}));
  CHECK(PeriodIndex({CycleUnit::kWeek, 1}, anchor, LocalDate(At(run), paris)) == period);
}

TEST_CASE("Notice can be given until the end of the local day") {
  const Date last = LastNoticeDay(On("2026-12-31"), {CycleUnit::kMonth, 3});
  CHECK(FormatInstant(EndOfDay(last, In("America/New_York"))) == "2026-10-01T04:00:00Z");
}

TEST_CASE("A day's first instant is in it, and the instant before is not") {
  CHECK(rc::check([] {
    const std::vector<std::string> names = {
        "Europe/Paris",     "America/New_York",     "America/Sao_Paulo",   "Africa/Cairo",
        "America/Havana",   "Asia/Beirut",          "Australia/Lord_Howe", "Pacific/Kiritimati",
        "America/Asuncion", "America/Punta_Arenas", "Asia/Amman",          "Etc/UTC"};
    const Zone zone = In(*rc::gen::elementOf(names));
    const Date date = Date(2012, 1, 1).AddDays(*rc::gen::inRange(0, 9000));
    const Instant start = StartOfDay(date, zone);
    RC_ASSERT(LocalDate(start, zone) == date);
    RC_ASSERT(LocalDate(start - std::chrono::microseconds(1), zone) == date.AddDays(-1));
    RC_ASSERT(LocalDate(EndOfDay(date, zone) - std::chrono::microseconds(1), zone) == date);
  }));
}

}  // namespace
}  // namespace continuo::calendar
