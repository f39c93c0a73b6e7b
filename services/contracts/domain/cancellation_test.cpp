#include "services/contracts/domain/cancellation.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::contracts::domain {
namespace {

using calendar::Cycle;
using calendar::CycleUnit;
using calendar::Date;
using money::Currency;
using money::Money;

Date On(std::string_view text) { return Date::Parse(text).value(); }
Money Eur(std::string_view amount) { return Money::Parse(amount, "EUR").value(); }

struct Running {
  ScheduleTerms terms;
  GeneratedLines made;
  std::vector<RunningLine> lines;
};

Running MonthlyYear(Timing timing, int released) {
  Running running{.terms = {.amount = Eur("100.00"),
                            .term_total = Eur("1200.00"),
                            .cycle = {CycleUnit::kMonth, 1},
                            .term = {CycleUnit::kYear, 1},
                            .timing = timing},
                  .made = {},
                  .lines = {}};
  running.made = GenerateLines(running.terms, On("2026-01-01")).value();
  for (const Line& line : running.made.lines) {
    running.lines.push_back({line, static_cast<int>(running.lines.size()) < released});
  }
  return running;
}

TEST_CASE("What a cancellation voids, cuts and owes back") {
  struct Row {
    std::string rule;
    Timing timing;
    int released;
    std::string effective_on;
    std::size_t voided;
    std::string replacement;  // "" for none
    std::string voided_amount;
    std::string unserved;
    std::string term_total;
  };
  const auto row = GENERATE(values<Row>({
      {"at a boundary nothing is cut", Timing::kAdvance, 2, "2026-03-01", 10, "", "1000.00", "0.00",
       "200.00"},
      {"a boundary cuts no open line either", Timing::kArrears, 0, "2026-03-01", 10, "", "1000.00",
       "0.00", "200.00"},
      {"released but unserved days are owed back: 14 of February's 28", Timing::kAdvance, 2,
       "2026-02-15", 10, "", "1000.00", "50.00", "200.00"},
      {"a line in arrears that the day cuts is shortened", Timing::kArrears, 1, "2026-02-15", 11,
       "2026-02-01 2026-02-15 50.00 bill 2026-02-15", "1050.00", "0.00", "150.00"},
      {"never served: from the first day", Timing::kAdvance, 0, "2026-01-01", 12, "", "1200.00",
       "0.00", "0.00"},
      {"on the last day", Timing::kAdvance, 11, "2026-12-31", 1,
       "2026-12-01 2026-12-31 96.77 bill 2026-12-01", "3.23", "0.00", "1196.77"},
      {"everything is released ahead", Timing::kAdvance, 12, "2026-07-01", 0, "", "0.00", "600.00",
       "1200.00"},
  }));
  CAPTURE(row.rule);
  const Running running = MonthlyYear(row.timing, row.released);
  const Cancellation made =
      CancelFrom(running.terms, running.made.term, running.lines, On(row.effective_on)).value();
  CHECK(made.voided.size() == row.voided);
  CHECK(made.voided_amount == Eur(row.voided_amount));
  CHECK(made.unserved_amount == Eur(row.unserved));
  CHECK(made.term_total == Eur(row.term_total));
  const std::string replacement =
      made.replacement ? made.replacement->period.start.ToString() + " " +
                             made.replacement->period.end.ToString() + " " +
                             made.replacement->amount.AmountText() + " bill " +
                             made.replacement->bill_on.ToString()
                       : "";
  CHECK(replacement == row.replacement);
}

TEST_CASE("A cancellation outside the schedule is refused") {
  const auto day = GENERATE(values<std::string>({"2025-12-31", "2027-01-01", "2030-01-01"}));
  const Running running = MonthlyYear(Timing::kAdvance, 0);
  const auto made = CancelFrom(running.terms, running.made.term, running.lines, On(day));
  REQUIRE_FALSE(made);
  CHECK(made.error().reason == "CANCEL_OUTSIDE_SCHEDULE");
}

TEST_CASE("Laws of a cancellation") {
  CHECK(rc::check("nothing is lost: kept + voided = the schedule; what is kept tiles up to the day",
                  [] {
    ScheduleTerms terms{
        .amount = Money::FromMinor(*rc::gen::inRange(0, 1'000'000), Currency::Parse("EUR").value()),
        .term_total = {},
        .cycle = {static_cast<CycleUnit>(*rc::gen::inRange(1, 5)), *rc::gen::inRange(1, 4)},
        .term = {CycleUnit::kMonth, *rc::gen::inRange(1, 40)},
        .timing = *rc::gen::element(Timing::kAdvance, Timing::kArrears),
        .lead_days = *rc::gen::inRange(0, 100),
        .alignment = *rc::gen::element(Alignment::kAnniversary, Alignment::kCalendar),
        .proration = static_cast<calendar::ProrationDialect>(*rc::gen::inRange(0, 4))};
    const Date start = Date(2024, 1, 1).AddDays(*rc::gen::inRange(0, 1500));
    const GeneratedLines made = GenerateLines(terms, start).value();
    const auto count = static_cast<int>(made.lines.size());
    const int released = *rc::gen::inRange(0, count + 1);
    std::vector<RunningLine> lines;
    for (const Line& line : made.lines) lines.push_back({line, line.sequence <= released});
    const Date day = start.AddDays(*rc::gen::inRange<std::int64_t>(0, made.term.days()));

    const Cancellation cancelled = CancelFrom(terms, made.term, lines, day).value();
    RC_ASSERT(cancelled.term_total + cancelled.voided_amount == made.total);
    RC_ASSERT(cancelled.voided_amount.Sign() >= 0 && cancelled.unserved_amount.Sign() >= 0);
    Date covered = start;
    for (int i = 0; i < count; ++i) {
      const bool voided = std::count(cancelled.voided.begin(), cancelled.voided.end(), i) > 0;
      RC_ASSERT(!voided || i >= released);
      if (!voided) covered = lines[i].line.period.end;
    }
    if (cancelled.replacement) {
      RC_ASSERT(cancelled.replacement->period.start == covered);
      covered = cancelled.replacement->period.end;
    }
    RC_ASSERT(covered >= day);
    RC_ASSERT(covered == day || lines[released - 1].line.period.end == covered);
  }));
}

}  // namespace
}  // namespace continuo::contracts::domain
