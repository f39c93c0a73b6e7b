#include "services/contracts/domain/coterminus.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"
#include "services/contracts/domain/prorated_lines.h"

namespace continuo::contracts::domain {
namespace {

using calendar::Anchor;
using calendar::Cycle;
using calendar::CycleUnit;
using calendar::Date;
using calendar::Period;
using calendar::ProrationDialect;
using money::Decimal;
using money::Money;
using money::Ratio;
using money::Rounding;

constexpr Cycle kMonthly{CycleUnit::kMonth, 1};
constexpr Cycle kQuarterly{CycleUnit::kQuarter, 1};

Date On(std::string_view text) { return Date::Parse(text).value(); }
Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }
Money Rounded(const Ratio& exact) { return money::Round(exact, Eur("0.00").currency()).value(); }

TEST_CASE("500 a quarter from 15 March to 1 July: the two ways to a common end") {
  const Period served{On("2026-03-15"), On("2026-07-01")};
  const SharedEnd per_period =
      PricePerPeriod(Eur("500.00"), 0, served, {kQuarterly, Anchor::Calendar(kQuarterly)},
                     ProrationDialect::kActualDays);
  CHECK(Rounded(per_period.exact) == Eur("594.44"));
  const SharedEnd per_term =
      PricePerTerm(Eur("2000.00"), 0, served, {On("2026-01-01"), On("2027-01-01")});
  CHECK(Rounded(per_term.exact) == Eur("591.78"));
}

// ibm.com/docs SSYQ89_10.1.0, R_CoterminationCalculations
TEST_CASE("A new term at the old one's daily rate, raised by ten per cent") {
  const SharedEnd end =
      PricePerTerm(Eur("6000.00"), 10, {On("2005-03-01"), On("2006-01-01")},
                   {On("2004-09-01"), On("2005-03-01")});
  CHECK(end.ratio == Ratio::Of(306, 181));
  CHECK(end.uplifted == Ratio(6600));
  CHECK(Rounded(end.exact) == Eur("11158.01"));
}

TEST_CASE("Both ways give the price itself for the whole, and adjacent parts add up") {
  CHECK(rc::check([] {
    const Date start = On("2026-01-31").AddDays(*rc::gen::inRange(0, 500));
    const Recurrence recurrence{kMonthly, Anchor::On(start)};
    const Date end = calendar::Boundary(kMonthly, recurrence.anchor, *rc::gen::inRange(1, 30));
    const Date middle = start.AddDays(*rc::gen::inRange<int64_t>(0, end - start + 1));
    const Decimal uplift =
        Decimal::FromScaled(*rc::gen::inRange<int64_t>(-10'00000000, 10'00000000));
    const auto per_period = [&](Period served) {
      return PricePerPeriod(Eur("99.99"), uplift, served, recurrence,
                            ProrationDialect::kActualDays)
          .exact;
    };
    const auto per_term = [&](Period served) {
      return PricePerTerm(Eur("99.99"), uplift, served, {start, end}).exact;
    };
    RC_ASSERT(per_period({start, middle}) + per_period({middle, end}) == per_period({start, end}));
    RC_ASSERT(per_term({start, middle}) + per_term({middle, end}) == per_term({start, end}));
    RC_ASSERT(per_term({start, end}) ==
              Eur("99.99").ToRatio() * (Ratio(1) + money::Percent(uplift)));
  }));
}

TEST_CASE("One line for a span, or one for each period: frappe/erpnext PR #36953") {
  const auto parts = PartsOf({On("2023-04-08"), On("2023-07-01")},
                             {kMonthly, Anchor::Calendar(kMonthly)},
                             ProrationDialect::kActualDays)
                         .value();
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].days == calendar::DayCount{23, 30});
  const auto one =
      Prorate(Eur("3950.00"), parts, ProratedLines::kOne, Rounding::kHalfUp).value();
  CHECK(one.amount == Eur("10928.33"));
  CHECK(one.unused == Eur("921.67"));
  // Half a period and a whole one at a cent: 1.5 cents together; apart, half a cent may be lost.
  const auto halves = PartsOf({On("2026-04-01"), On("2026-04-16")},
                              {{CycleUnit::kDay, 10}, Anchor::On(On("2026-03-27"))},
                              ProrationDialect::kActualDays)
                          .value();
  REQUIRE(halves.size() == 2);
  CHECK(Prorate(Eur("0.01"), halves, ProratedLines::kOne, Rounding::kHalfUp).value().amount ==
        Eur("0.02"));
  CHECK(Prorate(Eur("0.01"), halves, ProratedLines::kPerPeriod, Rounding::kDown).value().amount ==
        Eur("0.01"));
}

TEST_CASE("Billing periods: long stubs, boundaries and what is due") {
  const BillingRules rules{.recurrence = {kMonthly, Anchor::Calendar(kMonthly)},
                           .timing = Timing::kArrears,
                           .lead_days = 5,
                           .stubs = calendar::Stubs::kLong};
  const auto periods = BillingPeriods({On("2026-01-20"), On("2026-04-10")}, rules).value();
  REQUIRE(periods.size() == 2);
  CHECK(periods[0].served == Period{On("2026-01-20"), On("2026-03-01")});
  CHECK(periods[0].whole == Period{On("2026-01-01"), On("2026-03-01")});
  CHECK(periods[1].served == Period{On("2026-03-01"), On("2026-04-10")});
  CHECK(periods[1].whole == Period{On("2026-03-01"), On("2026-05-01")});
  CHECK(periods[0].IsStub());
  CHECK(periods[0].bill_on == On("2026-03-01"));
  CHECK(periods[0].release_on == On("2026-02-24"));
  CHECK(CountDue(periods, On("2026-02-28")) == 0);
  CHECK(CountDue(periods, On("2026-03-01")) == 1);
  CHECK(BillingPeriods({On("2026-01-01"), On("2056-01-01")},
                       {.recurrence = {{CycleUnit::kDay, 1}, Anchor::On(On("2026-01-01"))}})
            .error()
            .reason == "SCHEDULE_TOO_LONG");
}

}  // namespace
}  // namespace continuo::contracts::domain
