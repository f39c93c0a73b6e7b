#include "services/contracts/domain/change_point.h"

#include "libs/testing/catch/catch.h"

namespace continuo::contracts::domain {
namespace {

using calendar::Cycle;
using calendar::CycleUnit;
using calendar::Date;
using money::Money;

const money::Currency kEur = money::Currency::Parse("EUR").value();

Date Day(std::string_view text) { return Date::Parse(text).value(); }

ScheduleTerms Monthly() {
  return {.amount = Money::FromMinor(10'000, kEur),
          .term_total = Money::FromMinor(120'000, kEur),
          .cycle = {CycleUnit::kMonth, 1},
          .term = {CycleUnit::kYear, 1}};
}

Result<ChangePoint> At(const ScheduleTerms& terms, std::string_view start, int released,
                       std::string_view on) {
  const GeneratedLines made = GenerateLines(terms, Day(start)).value();
  std::vector<RunningLine> lines;
  for (const Line& line : made.lines) lines.push_back({line, line.sequence <= released});
  return ChangeAt(terms, made.term, lines, Day(on));
}

TEST_CASE("A line can be changed where a billing period begins") {
  struct Row {
    std::string_view what, start, on;
    int released, periods_left;
    std::int64_t ended_minor;
    std::string_view open_from;
  };
  const Row row = GENERATE(values<Row>({
      {"on a boundary", "2026-01-01", "2026-03-01", 2, 10, 100'000, "2026-03-01"},
      {"on its first day", "2026-01-01", "2026-01-01", 0, 12, 120'000, "2026-01-01"},
      {"on its last boundary", "2026-01-01", "2026-12-01", 0, 1, 10'000, "2026-01-01"},
      {"on the day it ends", "2026-01-01", "2027-01-01", 12, 0, 0, "2027-01-01"},
      {"within a period", "2026-01-01", "2026-03-15", 2, 0, 95'484, "2026-03-01"},
      {"after a clamped boundary", "2026-01-31", "2026-03-31", 0, 10, 100'000, "2026-01-31"},
      {"on a clamped boundary", "2026-01-31", "2026-02-28", 0, 0, 110'000, "2026-01-31"},
      {"before what is released", "2026-01-01", "2026-02-01", 3, 11, 110'000, "2026-04-01"},
  }));
  INFO(row.what);
  const ChangePoint point = At(Monthly(), row.start, row.released, row.on).value();
  CHECK(point.periods_left == row.periods_left);
  CHECK(point.ended_total.minor() == row.ended_minor);
  CHECK(point.open_from == Day(row.open_from));
}

TEST_CASE("A change names the periods around a day that begins none") {
  const ChangePoint point = At(Monthly(), "2026-01-01", 0, "2026-03-15").value();
  CHECK(point.around == calendar::Period{Day("2026-03-01"), Day("2026-04-01")});
}

TEST_CASE("What a stub ends is not changed in whole periods") {
  ScheduleTerms terms = Monthly();
  terms.alignment = Alignment::kCalendar;
  CHECK(At(terms, "2026-03-15", 0, "2026-06-01").value().periods_left == 0);
}

TEST_CASE("A day outside the line is refused") {
  CHECK(At(Monthly(), "2026-01-01", 0, "2025-12-31").error().reason == "CANCEL_OUTSIDE_SCHEDULE");
  CHECK(At(Monthly(), "2026-01-01", 0, "2027-01-02").error().reason == "CANCEL_OUTSIDE_SCHEDULE");
}

}  // namespace
}  // namespace continuo::contracts::domain
