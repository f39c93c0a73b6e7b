#include "services/revenue/domain/plan.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::revenue::domain {
namespace {

using calendar::Date;
using calendar::Period;
using money::Money;

Money Eur(const char* amount) { return Money::Parse(amount, "EUR").value(); }

const Period kYear{Date(2026, 1, 1), Date(2027, 1, 1)};

TEST_CASE("a month is earned on its last day of service and posted on the day after") {
  const auto parts = PlanRevenue(RecognitionRule::kStraightLineMonths, Eur("1200.00"),
                                 Period{Date(2026, 1, 1), Date(2026, 12, 16)}, {},
                                 Date(2025, 12, 1))
                         .value();
  REQUIRE(parts.size() == 12);
  CHECK(parts[0] == PlannedPart{.service = {Date(2026, 1, 1), Date(2026, 2, 1)},
                                .effective_on = Date(2026, 1, 31),
                                .due_on = Date(2026, 2, 1),
                                .amount = Eur("104.35"),  // of 11.5 months
                                .progress = money::Ratio::Of(2, 23)});
  CHECK(parts[11].effective_on == Date(2026, 12, 15));
  CHECK(parts[11].due_on == Date(2026, 12, 16));
  CHECK(parts[11].progress == money::Ratio(1));
}

TEST_CASE("a point in time is earned and posted on its day") {
  const Date day(2026, 1, 15);
  const auto parts = PlanRevenue(RecognitionRule::kPointInTime, Eur("3600.00"),
                                 Period{day, day.AddDays(1)}, {}, Date(2026, 1, 10))
                         .value();
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].effective_on == day);
  CHECK(parts[0].due_on == day);
  CHECK(parts[0].amount == Eur("3600.00"));
}

TEST_CASE("nothing is planned without dates, without a day of service, or for nothing") {
  const auto plan = [](Money price, std::optional<Period> service) {
    return PlanRevenue(RecognitionRule::kStraightLineDays, price, service, {}, Date(2026, 1, 1))
        .value();
  };
  CHECK(plan(Eur("1200.00"), std::nullopt).empty());
  CHECK(plan(Eur("0.00"), Period{Date(2026, 1, 1), Date(2026, 1, 1)}).empty());
  CHECK(plan(Eur("0.00"), kYear).empty());
}

TEST_CASE("a lower price is caught up on the day of the change, for the months it concerns") {
  const MonthsEarned earned = {{Date(2026, 1, 1), Eur("100.00")},
                               {Date(2026, 2, 1), Eur("100.00")}};
  const auto parts = PlanRevenue(RecognitionRule::kStraightLineMonths, Eur("600.00"), kYear, earned,
                                 Date(2026, 3, 10))
                         .value();
  REQUIRE(parts.size() == 12);
  CHECK(parts[0].amount == Eur("-50.00"));
  CHECK(parts[0].service.start == Date(2026, 1, 1));
  CHECK(parts[0].effective_on == Date(2026, 3, 10));
  CHECK(parts[0].due_on == Date(2026, 3, 10));
  CHECK(parts[2].amount == Eur("50.00"));
  CHECK(parts[2].effective_on == Date(2026, 3, 31));
}

TEST_CASE("what was earned in months that are no longer served is taken back") {
  const MonthsEarned earned = {{Date(2026, 1, 1), Eur("100.00")}};
  const auto undone = PlanRevenue(RecognitionRule::kStraightLineMonths, Eur("1200.00"),
                                  std::nullopt, earned, Date(2026, 2, 5))
                          .value();
  REQUIRE(undone.size() == 1);
  CHECK(undone[0].amount == Eur("-100.00"));
  CHECK(undone[0].due_on == Date(2026, 2, 5));
}

TEST_CASE("what is right already is not planned again") {
  const MonthsEarned earned = {{Date(2026, 1, 1), Eur("100.00")}};
  const auto parts = PlanRevenue(RecognitionRule::kStraightLineMonths, Eur("1200.00"), kYear,
                                 earned, Date(2026, 2, 5))
                         .value();
  REQUIRE(parts.size() == 11);
  CHECK(parts[0].service.start == Date(2026, 2, 1));
}

TEST_CASE("law: earned and planned is what is allocated, however often it is planned anew") {
  CHECK(rc::check([] {
    const auto currency = Eur("0.00").currency();
    const RecognitionRule rule =
        *rc::gen::element(RecognitionRule::kStraightLineDays, RecognitionRule::kStraightLineMonths,
                          RecognitionRule::kPointInTime);
    MonthsEarned earned;
    Date today(2026, 1, 1);
    const int changes = *rc::gen::inRange(1, 6);
    for (int i = 0; i < changes; ++i) {
      const Money allocated =
          Money::FromMinor(*rc::gen::inRange<int64_t>(0, 1'000'000), currency);
      const Date start = Date(2026, 1, 1).AddDays(*rc::gen::inRange(0, 400));
      const Period service{start, start.AddDays(rule == RecognitionRule::kPointInTime
                                                    ? 1
                                                    : *rc::gen::inRange(1, 900))};
      const auto parts = PlanRevenue(rule, allocated, service, earned, today).value();
      Money total = Money::Zero(currency);
      for (const auto& [month, amount] : earned) total += amount;
      for (const PlannedPart& part : parts) {
        total += part.amount;
        RC_ASSERT(!part.amount.IsZero());
      }
      RC_ASSERT(total == allocated);
      // Time goes on: what is due by then is earned.
      today = today.AddDays(*rc::gen::inRange(0, 300));
      for (const PlannedPart& part : parts) {
        if (part.due_on > today) continue;
        earned.try_emplace(part.service.start.FirstOfMonth(), Money::Zero(currency))
            .first->second += part.amount;
      }
    }
  }));
}

}  // namespace
}  // namespace continuo::revenue::domain
