#include "libs/calendar/proration.h"

#include <rapidcheck.h>

#include "libs/money/money.h"
#include "libs/testing/catch/catch.h"

namespace continuo::calendar {
namespace {

using money::Ratio;

constexpr Cycle kMonthly{CycleUnit::kMonth, 1};
constexpr Cycle kQuarterly{CycleUnit::kQuarter, 1};
constexpr Cycle kYearly{CycleUnit::kYear, 1};
constexpr Cycle kThirtyDays{CycleUnit::kDay, 30};
constexpr auto kActual = ProrationDialect::kActualDays;
constexpr auto kOver30 = ProrationDialect::kActualOver30;
constexpr auto k30360 = ProrationDialect::kThirty360;
constexpr auto kNone = ProrationDialect::kNone;

Date On(std::string_view text) { return Date::Parse(text).value(); }
Period Between(std::string_view start, std::string_view end) { return {On(start), On(end)}; }
money::Money Eur(std::string_view amount) { return money::Money::Parse(amount, "EUR").value(); }
money::Money Charge(std::string_view price, const Ratio& part) {
  const money::Money whole = Eur(price);
  return money::Round(whole.ToRatio() * part, whole.currency()).value();
}
Anchor Day(std::string_view date) { return Anchor::On(On(date)); }

TEST_CASE("The part of a price that is due") {
  using Row = std::tuple<std::string, Period, Cycle, Anchor, ProrationDialect, Ratio>;
  const auto [source, served, cycle, anchor, dialect, part] = GENERATE(values<Row>({
      {"Kill Bill TestInvoiceDateUtilsWithoutFixedProration, of 31 days",
       Between("2023-05-23", "2023-06-15"), kMonthly, Day("2023-06-15"), kActual,
       Ratio::Of(23, 31)},
      {"the same, of 30 days", Between("2023-06-23", "2023-07-15"), kMonthly, Day("2023-07-15"),
       kActual, Ratio::Of(22, 30)},
      {"the same, of 29 days", Between("2024-02-23", "2024-03-15"), kMonthly, Day("2024-03-15"),
       kActual, Ratio::Of(21, 29)},
      {"Kill Bill annual testSinglePlanDoubleProRation", Between("2011-01-10", "2012-03-04"),
       kYearly, Anchor::OnDayOfMonth(On("2011-01-10"), 17), kActual,
       Ratio::Of(7, 365) + 1 + Ratio::Of(47, 366)},
      {"Kill Bill monthly testSinglePlan_LeapYearFebruaryProRation",
       Between("2012-02-01", "2012-02-15"), kMonthly, Day("2012-02-01"), kActual,
       Ratio::Of(14, 29)},
      {"Kill Bill TestInvoiceFixedProration, leading", Between("2023-05-15", "2023-05-23"),
       kMonthly, Anchor::OnDayOfMonth(On("2023-05-15"), 23), kOver30, Ratio::Of(8, 30)},
      {"a whole month is never prorated, whatever its days", Between("2023-05-15", "2023-06-15"),
       kMonthly, Day("2023-05-15"), kOver30, 1},
      {"30 of 31 days are no more than the month", Between("2023-05-16", "2023-06-15"), kMonthly,
       Day("2023-05-15"), kOver30, 1},
      {"30/360: the 31st is the 30th", Between("2023-05-15", "2023-05-31"), kMonthly,
       Day("2023-05-15"), k30360, Ratio::Of(15, 30)},
      {"30/360: a whole February of an anchor on the 31st", Between("2023-01-31", "2023-02-28"),
       kMonthly, Day("2023-01-31"), k30360, 1},
      {"30/360: half the March after it", Between("2023-02-28", "2023-03-15"), kMonthly,
       Day("2023-01-31"), k30360, Ratio::Of(15, 30)},
      {"30/360 over a quarter", Between("2023-02-10", "2023-04-01"), kQuarterly, Day("2023-01-01"),
       k30360, Ratio::Of(51, 90)},
      {"weeks count their days in every dialect",
       Between("2023-05-16", "2023-05-22"),
       {CycleUnit::kWeek, 1},
       Day("2023-05-15"),
       k30360,
       Ratio::Of(6, 7)},
      {"none: a part costs the whole", Between("2023-05-31", "2023-06-01"), kMonthly,
       Day("2023-05-01"), kNone, 1},
      {"nothing served", Between("2023-05-31", "2023-05-31"), kMonthly, Day("2023-05-01"), kNone,
       0},
  }));
  INFO(source);
  CHECK(Proration(served, cycle, anchor, dialect) == part);
}

TEST_CASE("Amounts of stubs, credits and changes") {
  using Row =
      std::tuple<std::string, std::string, Period, Cycle, Anchor, ProrationDialect, std::string>;
  const Anchor january = Day("2025-01-01");
  const auto [source, price, served, cycle, anchor, dialect, amount] = GENERATE_COPY(values<Row>({
      {"Kill Bill testInvoiceLeadingProration1", "19.95", Between("2023-05-15", "2023-05-23"),
       kMonthly, Anchor::OnDayOfMonth(On("2023-05-15"), 23), kOver30, "5.32"},
      {"lago-api upgrade_proration_spec.rb: of the whole quarter, not of its rest", "910.00",
       Between("2024-05-20", "2024-06-21"), kQuarterly, Anchor::Calendar(kQuarterly), kActual,
       "320.00"},
      {"Meteroid proration.rs, mixed change: the old plan's credit", "-100.00",
       Between("2025-01-16", "2025-01-31"), kThirtyDays, january, kActual, "-50.00"},
      {"the same: the new plan", "200.00", Between("2025-01-16", "2025-01-31"), kThirtyDays,
       january, kActual, "100.00"},
      {"the same: removed", "-30.00", Between("2025-01-16", "2025-01-31"), kThirtyDays, january,
       kActual, "-15.00"},
      {"the same: added", "50.00", Between("2025-01-16", "2025-01-31"), kThirtyDays, january,
       kActual, "25.00"},
      {"Meteroid test_change_on_last_day: credit", "-300.00", Between("2025-01-30", "2025-01-31"),
       kThirtyDays, january, kActual, "-10.00"},
      {"Meteroid test_change_on_last_day: charge", "600.00", Between("2025-01-30", "2025-01-31"),
       kThirtyDays, january, kActual, "20.00"},
      {"Meteroid yearly component over its own period", "3650.00",
       Between("2025-01-01", "2025-01-31"), kYearly, january, kActual, "300.00"},
      {"ERPNext #36953: a monthly rate with a part of the first month", "3950.00",
       Between("2023-04-08", "2023-07-01"), kMonthly, Anchor::Calendar(kMonthly), kActual,
       "10928.33"},
      {"ERPNext #57768: twelve months are twelve", "20.00", Between("2026-08-03", "2027-08-03"),
       kMonthly, Day("2026-08-03"), kActual, "240.00"},
      {"lago-api free_trial_billing_spec.rb: from the trial's end", "50000.00",
       Between("2024-03-15", "2024-04-01"), kMonthly, Anchor::Calendar(kMonthly), kActual,
       "27419.35"},
      {"lago-api terminate_pay_in_advance_spec.rb: the used day is the termination day", "50.00",
       Between("2023-02-09", "2023-03-01"), kMonthly, Anchor::Calendar(kMonthly), kActual, "35.71"},
      {"Zuora, amendment segment of four months at 30", "30.00",
       Between("2025-03-01", "2025-07-01"), kMonthly, january, kActual, "120.00"},
      {"Zuora, what four months at 10 would have been", "10.00",
       Between("2025-03-01", "2025-07-01"), kMonthly, january, kActual, "40.00"},
      {"Zuora, six months at 10 removed", "-10.00", Between("2025-07-01", "2026-01-01"), kMonthly,
       january, kActual, "-60.00"},
      {"Stripe prorations: an upgrade halfway, credit", "-10.00",
       Between("2025-01-16", "2025-01-31"), kThirtyDays, january, kActual, "-5.00"},
  }));
  INFO(source);
  CHECK(Charge(price, Proration(served, cycle, anchor, dialect)) == Eur(amount));
}

TEST_CASE("Under actual/30 a credit is the whole less what was used") {
  // Kill Bill testInvoiceTrailingProration2: of a month of 30 and of one of 31 days alike.
  const auto [start, cancelled] = GENERATE(table<std::string, std::string>(
      {{"2023-06-15", "2023-06-23"}, {"2023-05-15", "2023-05-23"}}));
  const Ratio used = Proration(Between(start, cancelled), kMonthly, Day(start), kOver30);
  CHECK(Eur("19.95") - Charge("19.95", used) == Eur("14.63"));
}

TEST_CASE("Co-terminus, the two named ways: 500 a quarter from 15 March to 1 July") {
  const Period served = Between("2026-03-15", "2026-07-01");
  const Ratio per_period = Proration(served, kQuarterly, Anchor::Calendar(kQuarterly), kActual);
  CHECK(Charge("500.00", per_period) == Eur("594.44"));
  const Ratio per_term = PerTerm(Between("2026-01-01", "2027-01-01"), served);
  CHECK(Charge("2000.00", per_term) == Eur("591.78"));
}

TEST_CASE("Co-terminus per term with an uplift") {
  // IBM Emptoris, co-termination calculations; its dates are inclusive.
  const Ratio part =
      PerTerm(Between("2004-09-01", "2005-03-01"), Between("2005-03-01", "2006-01-01"));
  CHECK(part == Ratio::Of(306, 181));
  CHECK(Charge("6000.00", part * Ratio::Of(11, 10)) == Eur("11158.01"));
}

TEST_CASE("Chained plan changes are prices over what is left of the month") {
  // Kill Bill testMultiplePartialRepairs.
  const Anchor may = Day("2012-05-01");
  const auto rest = [&](std::string_view from) {
    return Proration(Between(from, "2012-06-01"), kMonthly, may, kActual);
  };
  CHECK(Charge("9.95", rest("2012-05-07")) == Eur("8.02"));
  CHECK(Charge("599.95", rest("2012-05-07")) == Eur("483.83"));
  CHECK(Charge("29.95", rest("2012-05-08")) == Eur("23.19"));
}

TEST_CASE("Dialects have one text each") {
  for (const auto dialect : {kActual, kOver30, k30360, kNone}) {
    CHECK(ParseProrationDialect(ToText(dialect)).value() == dialect);
  }
  CHECK_FALSE(ParseProrationDialect("actual").has_value());
}

TEST_CASE("Adjacent parts of a term add up to the term, and whole periods to their number") {
  CHECK(rc::check([] {
    const Cycle cycle{static_cast<CycleUnit>(*rc::gen::inRange(0, 5)), *rc::gen::inRange(1, 14)};
    const Date start = Date(2020, 1, 1).AddDays(*rc::gen::inRange(0, 3000));
    const Anchor anchor =
        *rc::gen::element(Anchor::On(start), Anchor::EndOfMonth(start), Anchor::Calendar(cycle),
                          Anchor::On(Date(2024, 2, 29)), Anchor::On(Date(2022, 12, 31)));
    const Date middle = start.AddDays(*rc::gen::inRange(0, 800));
    const Date end = middle.AddDays(*rc::gen::inRange(0, 800));
    const auto dialect = *rc::gen::element(kActual, k30360);
    RC_ASSERT(Proration({start, middle}, cycle, anchor, dialect) +
                  Proration({middle, end}, cycle, anchor, dialect) ==
              Proration({start, end}, cycle, anchor, dialect));
    const std::int64_t periods = *rc::gen::inRange(0, 20);
    const auto any = *rc::gen::element(kActual, kOver30, k30360, kNone);
    const Period whole{Boundary(cycle, anchor, 3), Boundary(cycle, anchor, 3 + periods)};
    RC_ASSERT(Proration(whole, cycle, anchor, any) == Ratio(periods));
  }));
}

TEST_CASE("No part of a period costs less than nothing or more than the period") {
  CHECK(rc::check([] {
    const Cycle cycle{static_cast<CycleUnit>(*rc::gen::inRange(0, 5)), *rc::gen::inRange(1, 14)};
    const Anchor anchor = Anchor::EndOfMonth(Date(2020, 1, 1).AddDays(*rc::gen::inRange(0, 3000)));
    const Period whole = BillingPeriod(cycle, anchor, *rc::gen::inRange(-20, 20));
    const Date start = whole.start.AddDays(*rc::gen::inRange<std::int64_t>(0, whole.days()));
    const Date end = start.AddDays(*rc::gen::inRange<std::int64_t>(0, whole.end - start + 1));
    for (const auto dialect : {kActual, kOver30, k30360, kNone}) {
      const Ratio part = Proration({start, end}, cycle, anchor, dialect);
      RC_ASSERT(part >= Ratio(0));
      RC_ASSERT(part <= Ratio(1));
    }
  }));
}

}  // namespace
}  // namespace continuo::calendar
