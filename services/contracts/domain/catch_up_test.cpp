#include "services/contracts/domain/catch_up.h"

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
using money::Money;
using money::Ratio;

constexpr Cycle kMonthly{CycleUnit::kMonth, 1};

Date On(std::string_view text) { return Date::Parse(text).value(); }
Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }

const Period kYear{On("2026-01-01"), On("2027-01-01")};

BillingRules Monthly(int lead_days, Timing timing = Timing::kAdvance) {
  return {.recurrence = {kMonthly, Anchor::On(kYear.start)},
          .timing = timing,
          .lead_days = lead_days};
}

Increment Tenner(std::string_view effective_on, TakeOver take_over = TakeOver::kEarliest) {
  return {.amount = Eur("31.00"), .effective_on = On(effective_on), .take_over = take_over};
}

// "2026-03-10 2026-04-01 22.00, regular from 2026-04-01, 1 ahead"
std::string Text(const CatchUp& made) {
  std::string text = "nothing";
  if (made.catch_up) {
    text = made.catch_up->period.start.ToString() + " " + made.catch_up->period.end.ToString() +
           " " + made.catch_up->amount.AmountText();
  }
  return text + ", regular from " +
         (made.take_over_on ? made.take_over_on->ToString() : std::string("never")) + ", " +
         std::to_string(made.periods_ahead) + " ahead";
}

TEST_CASE("Where the regular lines take over") {
  struct Row {
    std::string rule;
    BillingRules rules;
    Increment increment;
    std::string today;
    std::string expected;
  };
  const auto row = GENERATE(values<Row>({
      {"the next period, while its line is not released", Monthly(14), Tenner("2026-03-10"),
       "2026-03-05", "2026-03-10 2026-04-01 22.00, regular from 2026-04-01, 1 ahead"},
      {"the next but one, when the next is released too", Monthly(14), Tenner("2026-03-10"),
       "2026-03-20", "2026-03-10 2026-05-01 53.00, regular from 2026-05-01, 2 ahead"},
      {"on the day a line's lead time comes it is released", Monthly(14), Tenner("2026-03-10"),
       "2026-03-18", "2026-03-10 2026-05-01 53.00, regular from 2026-05-01, 2 ahead"},
      {"the day before it is not", Monthly(14), Tenner("2026-03-10"), "2026-03-17",
       "2026-03-10 2026-04-01 22.00, regular from 2026-04-01, 1 ahead"},
      {"a lead of several periods: as far as it is released", Monthly(75), Tenner("2026-03-10"),
       "2026-03-05", "2026-03-10 2026-06-01 84.00, regular from 2026-06-01, 3 ahead"},
      {"known early, from a boundary: nothing is to catch up", Monthly(14), Tenner("2026-06-01"),
       "2026-03-05", "nothing, regular from 2026-06-01, 0 ahead"},
      {"known early, in the middle: the rest of its period", Monthly(14), Tenner("2026-06-16"),
       "2026-03-05", "2026-06-16 2026-07-01 15.50, regular from 2026-07-01, 1 ahead"},
      {"known late, over several released periods", Monthly(0), Tenner("2026-02-01"), "2026-04-15",
       "2026-02-01 2026-05-01 93.00, regular from 2026-05-01, 3 ahead"},
      {"in arrears the running period is not released", Monthly(0, Timing::kArrears),
       Tenner("2026-03-01"), "2026-03-20", "nothing, regular from 2026-03-01, 0 ahead"},
      {"everything is released: the catch-up runs to the end", Monthly(400),
       Tenner("2026-12-16"), "2026-12-10",
       "2026-12-16 2027-01-01 16.00, regular from never, 1 ahead"},
      {"chosen: next, where next is right", Monthly(14),
       Tenner("2026-03-10", TakeOver::kNext), "2026-03-05",
       "2026-03-10 2026-04-01 22.00, regular from 2026-04-01, 1 ahead"},
      {"chosen: next but one, where that is right", Monthly(14),
       Tenner("2026-03-10", TakeOver::kNextButOne), "2026-03-20",
       "2026-03-10 2026-05-01 53.00, regular from 2026-05-01, 2 ahead"},
  }));
  CAPTURE(row.rule);
  CHECK(Text(CatchUpIncrement(kYear, row.rules, row.increment, On(row.today)).value()) ==
        row.expected);
}

TEST_CASE("A choice that bills a day twice or not at all is refused") {
  const auto reason = [](TakeOver take_over, std::string_view today) {
    return CatchUpIncrement(kYear, Monthly(14), Tenner("2026-03-10", take_over), On(today))
        .error()
        .reason;
  };
  CHECK(reason(TakeOver::kNext, "2026-03-20") == "CATCH_UP_LEAVES_GAP");
  CHECK(reason(TakeOver::kNextButOne, "2026-03-05") == "CATCH_UP_OVERLAPS");
}

TEST_CASE("An increment outside its schedule is a bad request") {
  for (const char* day : {"2025-12-31", "2027-01-01"}) {
    const auto made = CatchUpIncrement(kYear, Monthly(0), Tenner(day), On("2026-01-01"));
    REQUIRE_FALSE(made);
    CHECK(made.error().violations.at(0).pointer == "/effective_on");
  }
}

TEST_CASE("Catch-up and regular lines tile the rest of the schedule and cost what its days do") {
  CHECK(rc::check([] {
    const Period term{On("2026-01-01").AddDays(*rc::gen::inRange(0, 700)),
                      On("2028-01-01").AddDays(*rc::gen::inRange(0, 700))};
    const Cycle cycle{*rc::gen::element(CycleUnit::kWeek, CycleUnit::kMonth, CycleUnit::kQuarter),
                      *rc::gen::inRange(1, 4)};
    const bool aligned = *rc::gen::arbitrary<bool>();
    const BillingRules rules{
        .recurrence = {cycle, aligned ? Anchor::Calendar(cycle) : Anchor::On(term.start)},
        .timing = *rc::gen::element(Timing::kAdvance, Timing::kArrears),
        .lead_days = *rc::gen::inRange(0, 200)};
    const Increment increment{
        .amount = Eur("100.00"),
        .effective_on = term.start.AddDays(*rc::gen::inRange<int64_t>(0, term.days()))};
    const Date today = term.start.AddDays(*rc::gen::inRange<int64_t>(-100, term.days()));
    const CatchUp made = CatchUpIncrement(term, rules, increment, today).value();

    Date covered = increment.effective_on;
    Ratio ratio;
    if (made.catch_up) {
      RC_ASSERT(made.catch_up->period.start == covered);
      covered = made.catch_up->period.end;
      ratio += made.catch_up->ratio;
    }
    for (const IncrementLine& line : made.regular) {
      RC_ASSERT(line.period.start == covered);
      RC_ASSERT(ReleaseDate({.timing = rules.timing, .lead_days = rules.lead_days},
                            line.period) > today);
      covered = line.period.end;
      ratio += line.ratio;
    }
    RC_ASSERT(covered == term.end);
    RC_ASSERT(ratio == calendar::Proration({increment.effective_on, term.end}, cycle,
                                           rules.recurrence.anchor,
                                           calendar::ProrationDialect::kActualDays));
  }));
}

}  // namespace
}  // namespace continuo::contracts::domain
