#include "libs/calendar/date.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::calendar {
namespace {

Date On(std::string_view text) { return Date::Parse(text).value(); }
Date AnyDate() {
  return Date(1, 1, 1).AddDays(
      *rc::gen::inRange<std::int64_t>(0, Date(9999, 12, 31) - Date(1, 1, 1)));
}

TEST_CASE("What is not an existing day, written YYYY-MM-DD, is refused") {
  const auto text =
      GENERATE(as<std::string>(), "", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01",
               "2026-00-10", "2026-01-00", "2026-1-1", "26-01-01", "0000-01-01", "2026/01/01",
               "2026-01-01T00:00:00Z", "2026-01-01 ", " 2026-01-01", "+026-01-01", "-001-01-01",
               "20260101", "10000-01-01", std::string("2026-01-0\0", 10), std::string(400, '9'));
  INFO(text);
  const auto parsed = Date::Parse(text);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().violations[0].code == "INVALID_DATE");
}

TEST_CASE("Dates survive their text") {
  CHECK(rc::check([] {
    const Date date = AnyDate();
    RC_ASSERT(Date::Parse(date.ToString()).value() == date);
  }));
  CHECK(On("2024-02-29").ToString() == "2024-02-29");
  CHECK(On("0001-01-01").ToString() == "0001-01-01");
}

TEST_CASE("Months are added with the day clamped") {
  const auto [from, months, to] =
      GENERATE(table<std::string, int, std::string>({{"2026-01-31", 1, "2026-02-28"},
                                                     {"2024-01-31", 1, "2024-02-29"},
                                                     {"2026-01-31", 2, "2026-03-31"},
                                                     {"2026-05-31", -3, "2026-02-28"},
                                                     {"2024-02-29", 12, "2025-02-28"},
                                                     {"2024-02-29", 48, "2028-02-29"},
                                                     {"2026-11-15", 2, "2027-01-15"},
                                                     {"2026-01-15", -1, "2025-12-15"},
                                                     {"2026-03-15", 0, "2026-03-15"}}));
  CHECK(On(from).AddMonths(months) == On(to));
}

TEST_CASE("Days are counted across leap days") {
  CHECK(On("2024-03-01") - On("2024-02-01") == 29);
  CHECK(On("2026-03-01") - On("2026-02-01") == 28);
  CHECK(On("2026-03-01").AddDays(-1) == On("2026-02-28"));
  CHECK(On("2026-02-10").LastOfMonth() == On("2026-02-28"));
  CHECK(On("2026-02-10").FirstOfMonth() == On("2026-02-01"));
}

TEST_CASE("A period is half-open") {
  const Period may{On("2026-05-01"), On("2026-06-01")};
  CHECK(may.days() == 31);
  CHECK(may.Contains(On("2026-05-01")));
  CHECK(may.Contains(On("2026-05-31")));
  CHECK_FALSE(may.Contains(On("2026-06-01")));
  CHECK_FALSE(may.Overlaps({On("2026-06-01"), On("2026-07-01")}));
  CHECK(may.Intersect({On("2026-05-20"), On("2026-07-01")}) ==
        Period{On("2026-05-20"), On("2026-06-01")});
  CHECK(Period{On("2026-06-01"), On("2026-05-01")}.days() == 0);
}

}  // namespace
}  // namespace continuo::calendar
