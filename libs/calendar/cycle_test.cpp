#include "libs/calendar/cycle.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::calendar {
namespace {

constexpr Cycle kMonthly{CycleUnit::kMonth, 1};
constexpr Cycle kQuarterly{CycleUnit::kQuarter, 1};
constexpr Cycle kYearly{CycleUnit::kYear, 1};
constexpr Cycle kWeekly{CycleUnit::kWeek, 1};

Date On(std::string_view text) { return Date::Parse(text).value(); }
Period Between(std::string_view start, std::string_view end) { return {On(start), On(end)}; }

Date AnyDate() { return Date(2000, 1, 1).AddDays(*rc::gen::inRange(0, 20000)); }
Cycle AnyCycle() {
  return {static_cast<CycleUnit>(*rc::gen::inRange(0, 5)), *rc::gen::inRange(1, 14)};
}
// Anniversaries, ends of months, any day of the month, and both kinds of calendar.
Anchor AnyAnchor(Cycle cycle) {
  const Date date = AnyDate();
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return Anchor::On(date);
    case 1:
      return Anchor::EndOfMonth(date);
    case 2:
      return Anchor::OnDayOfMonth(date, static_cast<unsigned>(*rc::gen::inRange(1, 32)));
    case 3:
      return Anchor::On(*rc::gen::element(Date(2024, 2, 29), Date(2022, 12, 31)));
    default:
      return Anchor::Calendar(cycle, static_cast<unsigned>(*rc::gen::inRange(1, 13)));
  }
}

TEST_CASE("Boundaries come from the anchor and never drift") {
  using Row = std::tuple<std::string, Cycle, Anchor, std::int64_t, std::vector<std::string>>;
  const auto [source, cycle, anchor, first, dates] = GENERATE(values<Row>({
      {"lago-api billing_spec.rb, anniversary on a 31st",
       kMonthly,
       Anchor::On(On("2022-12-31")),
       1,
       {"2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31", "2023-06-30",
        "2023-07-31", "2023-08-31", "2023-09-30", "2023-10-31", "2023-11-30", "2023-12-31",
        "2024-01-31", "2024-02-29", "2024-03-31"}},
      {"lago-api billing_spec.rb, anniversary on a 30th, winter 2023",
       kMonthly,
       Anchor::On(On("2022-04-30")),
       9,
       {"2023-01-30", "2023-02-28", "2023-03-30", "2023-04-30"}},
      {"lago-api billing_spec.rb, anniversary on a 30th, winter 2024",
       kMonthly,
       Anchor::On(On("2022-04-30")),
       22,
       {"2024-02-29", "2024-03-30"}},
      {"a start on 28 February stays on the 28th",
       kMonthly,
       Anchor::On(On("2026-02-28")),
       0,
       {"2026-02-28", "2026-03-28", "2026-04-28"}},
      {"with the end-of-month flag it goes to the 31st",
       kMonthly,
       Anchor::EndOfMonth(On("2026-02-28")),
       0,
       {"2026-02-28", "2026-03-31", "2026-04-30"}},
      {"a year from 29 February",
       kYearly,
       Anchor::On(On("2024-02-29")),
       0,
       {"2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"}},
      {"quarters of a 30 November",
       kQuarterly,
       Anchor::On(On("2026-11-30")),
       0,
       {"2026-11-30", "2027-02-28", "2027-05-30"}},
      {"two weeks are 14 days",
       {CycleUnit::kWeek, 2},
       Anchor::On(On("2026-02-25")),
       0,
       {"2026-02-25", "2026-03-11", "2026-03-25"}},
      {"backwards as well",
       kMonthly,
       Anchor::On(On("2026-01-31")),
       -2,
       {"2025-11-30", "2025-12-31", "2026-01-31"}},
  }));
  INFO(source);
  for (std::size_t i = 0; i < dates.size(); ++i) {
    CHECK(Boundary(cycle, anchor, first + static_cast<std::int64_t>(i)) == On(dates[i]));
  }
}

TEST_CASE("A billing day beyond the month's end is clamped to it") {
  // Kill Bill TestInAdvanceBillingIntervalDetail: testCalculateFirstBillingCycleDate2,
  // testBCD31StartingWith30DayMonth.
  CHECK(Boundary(kMonthly, Anchor::OnDayOfMonth(On("2012-02-16"), 30), 0) == On("2012-02-29"));
  CHECK(Boundary(kYearly, Anchor::OnDayOfMonth(On("2012-02-16"), 30), 0) == On("2012-02-29"));
  CHECK(Boundary({CycleUnit::kDay, 30}, Anchor::On(On("2012-02-16")), 0) == On("2012-02-16"));
  CHECK(BillingPeriod(kMonthly, Anchor::OnDayOfMonth(On("2012-04-30"), 31), 0) ==
        Between("2012-04-30", "2012-05-31"));
  CHECK(Anchor::OnDayOfMonth(On("2026-03-20"), 5) == Anchor{On("2026-04-05"), 5});
}

TEST_CASE("An account billed on the 31st is billed on after March") {
  // Kill Bill issue #127, testWithBCDLargerThanEndMonth.
  const auto periods = PeriodsTiling(Between("2017-01-31", "2017-04-30"), kMonthly,
                                     Anchor::OnDayOfMonth(On("2017-01-31"), 31));
  REQUIRE(periods.size() == 3);
  CHECK(periods[0].served == Between("2017-01-31", "2017-02-28"));
  CHECK(periods[1].served == Between("2017-02-28", "2017-03-31"));
  CHECK(periods[2].served == Between("2017-03-31", "2017-04-30"));
  CHECK_FALSE(periods[2].IsStub());
}

TEST_CASE("Calendar alignment") {
  using Row = std::tuple<std::string, Cycle, unsigned, std::string, std::string, std::string>;
  const auto [rule, cycle, fiscal_month, day, start, end] = GENERATE(values<Row>({
      {"months", kMonthly, 1, "2026-02-14", "2026-02-01", "2026-03-01"},
      {"quarters", kQuarterly, 1, "2026-02-14", "2026-01-01", "2026-04-01"},
      {"quarters of a fiscal year from February", kQuarterly, 2, "2026-02-14", "2026-02-01",
       "2026-05-01"},
      {"years", kYearly, 1, "2026-02-14", "2026-01-01", "2027-01-01"},
      {"fiscal years from April", kYearly, 4, "2026-02-14", "2025-04-01", "2026-04-01"},
      {"weeks begin on Monday", kWeekly, 1, "2026-11-22", "2026-11-16", "2026-11-23"},
      {"halves of a year", {CycleUnit::kMonth, 6}, 1, "2026-08-14", "2026-07-01", "2027-01-01"},
      {"before the year 2000", kQuarterly, 1, "1999-12-31", "1999-10-01", "2000-01-01"},
  }));
  INFO(rule);
  CHECK(WholePeriodHolding(cycle, Anchor::Calendar(cycle, fiscal_month), On(day)) ==
        Between(start, end));
}

TEST_CASE("A term with stubs names the whole period behind each") {
  const auto periods =
      PeriodsTiling(Between("2026-03-15", "2026-08-10"), kQuarterly, Anchor::Calendar(kQuarterly));
  REQUIRE(periods.size() == 3);
  CHECK(periods[0] ==
        TermPeriod{Between("2026-03-15", "2026-04-01"), Between("2026-01-01", "2026-04-01")});
  CHECK(periods[1] ==
        TermPeriod{Between("2026-04-01", "2026-07-01"), Between("2026-04-01", "2026-07-01")});
  CHECK(periods[2] ==
        TermPeriod{Between("2026-07-01", "2026-08-10"), Between("2026-07-01", "2026-10-01")});
}

TEST_CASE("Long stubs join the whole period beside them") {
  using Row = std::tuple<std::string, Period, std::vector<Period>>;
  const auto [rule, term, expected] = GENERATE(values<Row>({
      {"both ends",
       Between("2026-01-15", "2026-04-10"),
       {Between("2026-01-15", "2026-03-01"), Between("2026-03-01", "2026-04-10")}},
      {"one whole period between two stubs",
       Between("2026-01-15", "2026-03-10"),
       {Between("2026-01-15", "2026-03-10")}},
      {"no stubs",
       Between("2026-01-01", "2026-03-01"),
       {Between("2026-01-01", "2026-02-01"), Between("2026-02-01", "2026-03-01")}},
      {"two stubs and nothing to join",
       Between("2026-01-15", "2026-02-10"),
       {Between("2026-01-15", "2026-02-01"), Between("2026-02-01", "2026-02-10")}},
      {"one stub alone",
       Between("2026-01-15", "2026-01-20"),
       {Between("2026-01-15", "2026-01-20")}},
      {"an empty term", Between("2026-01-15", "2026-01-15"), {}},
  }));
  INFO(rule);
  CHECK(InvoicePeriods(term, kMonthly, Anchor::Calendar(kMonthly), Stubs::kLong) == expected);
}

TEST_CASE("Notice is due months before the last day, clamped") {
  CHECK(LastNoticeDay(On("2026-05-31"), {CycleUnit::kMonth, 3}) == On("2026-02-28"));
  CHECK(LastNoticeDay(On("2026-12-31"), {CycleUnit::kMonth, 3}) == On("2026-09-30"));
  CHECK(LastNoticeDay(On("2026-12-31"), {CycleUnit::kDay, 30}) == On("2026-12-01"));
}

TEST_CASE("Cycles are read strictly") {
  CHECK(Cycle::Make("quarter", 2).value() == Cycle{CycleUnit::kQuarter, 2});
  CHECK(Cycle::Make("week", 1).value().UnitText() == "week");
  CHECK_FALSE(Cycle::Make("fortnight", 1).has_value());
  CHECK_FALSE(Cycle::Make("Month", 1).has_value());
  CHECK_FALSE(Cycle::Make("month", 0).has_value());
  CHECK_FALSE(Cycle::Make("month", 1201).has_value());
}

TEST_CASE("Boundaries rise, and each day lies in the one period that its index names") {
  CHECK(rc::check([] {
    const Cycle cycle = AnyCycle();
    const Anchor anchor = AnyAnchor(cycle);
    const Date date = AnyDate();
    const std::int64_t n = PeriodIndex(cycle, anchor, date);
    RC_ASSERT(Boundary(cycle, anchor, n) < Boundary(cycle, anchor, n + 1));
    RC_ASSERT(BillingPeriod(cycle, anchor, n).Contains(date));
    RC_ASSERT(PeriodIndex(cycle, anchor, Boundary(cycle, anchor, n)) == n);
  }));
}

TEST_CASE("The periods of a term tile it, and only its ends are stubs") {
  CHECK(rc::check([] {
    const Cycle cycle = AnyCycle();
    const Anchor anchor = AnyAnchor(cycle);
    const Date start = AnyDate();
    const Period term{start, start.AddDays(*rc::gen::inRange(1, 2000))};
    const auto periods = PeriodsTiling(term, cycle, anchor);
    Date next = term.start;
    for (std::size_t i = 0; i < periods.size(); ++i) {
      RC_ASSERT(periods[i].served.start == next);
      RC_ASSERT(!periods[i].served.IsEmpty());
      RC_ASSERT(periods[i].whole.Contains(periods[i].served));
      if (i > 0 && i + 1 < periods.size()) RC_ASSERT(!periods[i].IsStub());
      next = periods[i].served.end;
    }
    RC_ASSERT(next == term.end);
    const auto joined = InvoicePeriods(term, cycle, anchor, Stubs::kLong);
    RC_ASSERT(joined.front().start == term.start);
    RC_ASSERT(joined.back().end == term.end);
    for (std::size_t i = 1; i < joined.size(); ++i) RC_ASSERT(joined[i - 1].end == joined[i].start);
  }));
}

}  // namespace
}  // namespace continuo::calendar
