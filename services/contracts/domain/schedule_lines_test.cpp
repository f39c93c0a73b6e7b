#include "services/contracts/domain/schedule_lines.h"

#include <rapidcheck.h>

#include <numeric>
#include <sstream>

#include "libs/testing/catch/catch.h"

namespace continuo::contracts::domain {
namespace {

using calendar::Cycle;
using calendar::CycleUnit;
using calendar::Date;
using calendar::Period;
using calendar::ProrationDialect;
using money::Currency;
using money::Money;

constexpr Cycle kWeekly{CycleUnit::kWeek, 1};
constexpr Cycle kMonthly{CycleUnit::kMonth, 1};
constexpr Cycle kQuarterly{CycleUnit::kQuarter, 1};
constexpr Cycle kYearly{CycleUnit::kYear, 1};

Date On(std::string_view text) { return Date::Parse(text).value(); }
Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }

ScheduleTerms Terms(std::string_view amount, Cycle cycle, Cycle term) {
  return {.amount = Eur(amount), .term_total = {}, .cycle = cycle, .term = term};
}

// "2026-01-31 2026-02-28 100.00": start, end, amount.
std::vector<std::string> Texts(const GeneratedLines& made) {
  std::vector<std::string> texts;
  for (const Line& line : made.lines) {
    texts.push_back(line.period.start.ToString() + " " + line.period.end.ToString() + " " +
                    line.amount.AmountText());
  }
  return texts;
}

TEST_CASE("Periods and amounts of a schedule's lines") {
  struct Row {
    std::string rule;
    ScheduleTerms terms;
    std::string start;
    std::vector<std::string> lines;
  };
  const auto with = [](ScheduleTerms terms, Alignment alignment, ProrationDialect dialect,
                       std::string_view total) {
    terms.alignment = alignment;
    terms.proration = dialect;
    if (!total.empty()) terms.term_total = Eur(total);
    return terms;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"an anniversary on the 31st is clamped and comes back",
       Terms("100.00", kMonthly, {CycleUnit::kMonth, 4}),
       "2026-01-31",
       {"2026-01-31 2026-02-28 100.00", "2026-02-28 2026-03-31 100.00",
        "2026-03-31 2026-04-30 100.00", "2026-04-30 2026-05-31 100.00"}},
      {"a leap day's anniversary is 28 February in common years",
       Terms("1200.00", kYearly, {CycleUnit::kYear, 2}),
       "2028-02-29",
       {"2028-02-29 2029-02-28 1200.00", "2029-02-28 2030-02-28 1200.00"}},
      {"weeks are seven days, over the clock change and the year's end",
       Terms("7.00", kWeekly, {CycleUnit::kWeek, 3}),
       "2026-12-21",
       {"2026-12-21 2026-12-28 7.00", "2026-12-28 2027-01-04 7.00",
        "2027-01-04 2027-01-11 7.00"}},
      {"weeks do not fill a month: the rest is a stub",
       Terms("7.00", kWeekly, {CycleUnit::kMonth, 1}),
       "2026-01-05",
       {"2026-01-05 2026-01-12 7.00", "2026-01-12 2026-01-19 7.00", "2026-01-19 2026-01-26 7.00",
        "2026-01-26 2026-02-02 7.00", "2026-02-02 2026-02-05 3.00"}},
      {"calendar months: stubs at both ends, each over its own month's days",
       with(Terms("100.00", kMonthly, {CycleUnit::kMonth, 2}), Alignment::kCalendar,
            ProrationDialect::kActualDays, ""),
       "2026-02-15",
       {"2026-02-15 2026-03-01 50.00", "2026-03-01 2026-04-01 100.00",
        "2026-04-01 2026-04-15 46.67"}},
      {"what was agreed for the term stays agreed: the last line takes the rest",
       with(Terms("100.00", kMonthly, {CycleUnit::kMonth, 2}), Alignment::kCalendar,
            ProrationDialect::kActualDays, "200.00"),
       "2026-02-15",
       {"2026-02-15 2026-03-01 50.00", "2026-03-01 2026-04-01 100.00",
        "2026-04-01 2026-04-15 50.00"}},
      {"calendar quarters, actual days: 17 of 90",
       with(Terms("500.00", kQuarterly, {CycleUnit::kQuarter, 1}), Alignment::kCalendar,
            ProrationDialect::kActualDays, "500.00"),
       "2026-03-15",
       {"2026-03-15 2026-04-01 94.44", "2026-04-01 2026-06-15 405.56"}},
      {"actual/30: 17 of 30",
       with(Terms("100.00", kMonthly, {CycleUnit::kMonth, 1}), Alignment::kCalendar,
            ProrationDialect::kActualOver30, "100.00"),
       "2026-01-15",
       {"2026-01-15 2026-02-01 56.67", "2026-02-01 2026-02-15 43.33"}},
      {"30/360: every month has thirty days",
       with(Terms("100.00", kMonthly, {CycleUnit::kMonth, 1}), Alignment::kCalendar,
            ProrationDialect::kThirty360, "100.00"),
       "2026-01-16",
       {"2026-01-16 2026-02-01 50.00", "2026-02-01 2026-02-16 50.00"}},
      {"no proration: the first stub costs the whole, the last keeps its period for nothing",
       with(Terms("100.00", kMonthly, {CycleUnit::kMonth, 1}), Alignment::kCalendar,
            ProrationDialect::kNone, "100.00"),
       "2026-01-16",
       {"2026-01-16 2026-02-01 100.00", "2026-02-01 2026-02-16 0.00"}},
      {"a free schedule occupies its periods",
       with(Terms("0.00", kMonthly, {CycleUnit::kMonth, 2}), Alignment::kAnniversary,
            ProrationDialect::kActualDays, "0.00"),
       "2026-01-01",
       {"2026-01-01 2026-02-01 0.00", "2026-02-01 2026-03-01 0.00"}},
      {"a credited schedule is prorated on its absolute value",
       with(Terms("-100.00", kMonthly, {CycleUnit::kMonth, 1}), Alignment::kCalendar,
            ProrationDialect::kActualDays, "-100.00"),
       "2026-02-15",
       {"2026-02-15 2026-03-01 -50.00", "2026-03-01 2026-03-15 -50.00"}},
  }));
  CAPTURE(row.rule);
  const GeneratedLines made = GenerateLines(row.terms, On(row.start)).value();
  CHECK(Texts(made) == row.lines);
}

TEST_CASE("Bill and release dates") {
  struct Row {
    std::string rule;
    Timing timing;
    int lead_days;
    std::string bill_on;
    std::string release_on;
  };
  const auto row = GENERATE(values<Row>({
      {"in advance: the first day", Timing::kAdvance, 0, "2026-03-01", "2026-03-01"},
      {"in arrears: the day after the last", Timing::kArrears, 0, "2026-04-01", "2026-04-01"},
      {"released before it is billed", Timing::kAdvance, 14, "2026-03-01", "2026-02-15"},
      {"a lead longer than the period", Timing::kAdvance, 45, "2026-03-01", "2026-01-15"},
      {"a lead in arrears, longer than the period", Timing::kArrears, 60, "2026-04-01",
       "2026-01-31"},
  }));
  CAPTURE(row.rule);
  ScheduleTerms terms = Terms("10.00", kMonthly, {CycleUnit::kMonth, 3});
  terms.timing = row.timing;
  terms.lead_days = row.lead_days;
  const GeneratedLines made = GenerateLines(terms, On("2026-02-01")).value();
  CHECK(made.lines[1].bill_on == On(row.bill_on));
  CHECK(made.lines[1].release_on == On(row.release_on));
}

TEST_CASE("The demo's schedules: 36 months sold, three years bought in another currency") {
  ScheduleTerms licence = Terms("1450.00", kMonthly, {CycleUnit::kMonth, 36});
  licence.term_total = Eur("52200.00");
  const GeneratedLines sold = GenerateLines(licence, On("2026-02-01")).value();
  CHECK(sold.lines.size() == 36);
  CHECK(sold.term == Period{On("2026-02-01"), On("2029-02-01")});
  CHECK(sold.total == Eur("52200.00"));
  CHECK(sold.lines.back().sequence == 36);

  const ScheduleTerms support{.amount = Money::Parse("625.00", "USD").value(),
                              .term_total = {},
                              .cycle = kYearly,
                              .term = {CycleUnit::kYear, 3}};
  const GeneratedLines bought = GenerateLines(support, On("2026-02-15")).value();
  CHECK(bought.lines.size() == 3);
  CHECK(bought.total == Money::Parse("1875.00", "USD").value());
}

TEST_CASE("A schedule of too many lines is refused") {
  const auto made =
      GenerateLines(Terms("1.00", {CycleUnit::kDay, 1}, {CycleUnit::kYear, 20}), On("2026-01-01"));
  REQUIRE_FALSE(made);
  CHECK(made.error().reason == "SCHEDULE_TOO_LONG");
  CHECK(GenerateLines(Terms("1.00", {CycleUnit::kDay, 1}, {CycleUnit::kYear, 13}),
                      On("2026-01-01")));
}

Cycle AnyCycle() {
  return {static_cast<CycleUnit>(*rc::gen::inRange(0, 5)), *rc::gen::inRange(1, 8)};
}

ScheduleTerms AnyTerms() {
  ScheduleTerms terms{
      .amount = Money::FromMinor(*rc::gen::inRange(0, 10'000'000), Currency::Parse("EUR").value()),
      .term_total = {},
      .cycle = AnyCycle(),
      .term = AnyCycle(),
      .timing = *rc::gen::element(Timing::kAdvance, Timing::kArrears),
      .lead_days = *rc::gen::inRange(0, 400),
      .alignment = *rc::gen::element(Alignment::kAnniversary, Alignment::kCalendar),
      .proration = static_cast<ProrationDialect>(*rc::gen::inRange(0, 4))};
  if (*rc::gen::arbitrary<bool>()) {
    terms.term_total =
        Money::FromMinor(terms.amount.minor() * *rc::gen::inRange(0, 40), terms.amount.currency());
  }
  return terms;
}

Date AnyStart() { return Date(2024, 1, 1).AddDays(*rc::gen::inRange(0, 3000)); }

TEST_CASE("Laws of a schedule's lines") {
  CHECK(rc::check("the periods tile the term and the lines sum to the total", [] {
    const ScheduleTerms terms = AnyTerms();
    const Date start = AnyStart();
    const GeneratedLines made = GenerateLines(terms, start).value();
    Date covered = start;
    Money sum = Money::Zero(terms.amount.currency());
    for (const Line& line : made.lines) {
      RC_ASSERT(line.period.start == covered);
      RC_ASSERT(!line.period.IsEmpty());
      covered = line.period.end;
      sum += line.amount;
    }
    RC_ASSERT(covered == calendar::Advance(start, terms.term));
    RC_ASSERT(made.term == (Period{start, covered}));
    RC_ASSERT(sum == made.total);
    RC_ASSERT(!terms.term_total || sum == *terms.term_total);
  }));
  CHECK(rc::check("no line is negative, whole periods before the last cost the amount", [] {
    ScheduleTerms terms = AnyTerms();
    const Date start = AnyStart();
    const auto periods = calendar::PeriodsTiling({start, calendar::Advance(start, terms.term)},
                                                 terms.cycle, AnchorOf(terms, start));
    // A total that covers every period, as an order's does.
    terms.term_total = Money::FromMinor(terms.amount.minor() * static_cast<int>(periods.size()),
                                        terms.amount.currency());
    const GeneratedLines made = GenerateLines(terms, start).value();
    for (std::size_t i = 0; i < periods.size(); ++i) {
      RC_ASSERT(made.lines[i].amount.Sign() >= 0);
      if (i + 1 < periods.size() && !periods[i].IsStub()) {
        RC_ASSERT(made.lines[i].amount == terms.amount);
      }
    }
  }));
  CHECK(rc::check("lines are billed and released in the order of their periods", [] {
    const ScheduleTerms terms = AnyTerms();
    const GeneratedLines made = GenerateLines(terms, AnyStart()).value();
    for (std::size_t i = 0; i < made.lines.size(); ++i) {
      const Line& line = made.lines[i];
      RC_ASSERT(line.sequence == static_cast<int>(i) + 1);
      RC_ASSERT(line.bill_on - line.release_on == terms.lead_days);
      RC_ASSERT(i == 0 || made.lines[i - 1].release_on < line.release_on);
    }
  }));
  CHECK(rc::check("calendar alignment never changes what the term costs", [] {
    ScheduleTerms terms = AnyTerms();
    terms.term_total =
        Money::FromMinor(terms.amount.minor() * *rc::gen::inRange(1, 20), terms.amount.currency());
    const Date start = AnyStart();
    terms.alignment = Alignment::kAnniversary;
    const Money by_anniversary = GenerateLines(terms, start).value().total;
    terms.alignment = Alignment::kCalendar;
    RC_ASSERT(GenerateLines(terms, start).value().total == by_anniversary);
  }));
}

}  // namespace
}  // namespace continuo::contracts::domain
