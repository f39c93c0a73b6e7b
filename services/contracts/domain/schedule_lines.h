// The lines of a schedule: every future invoice line, made when the schedule gets its dates.
//
//   GenerateLines({.amount = 100.00 EUR, .term_total = 1200.00 EUR, .cycle = {kMonth, 1},
//                  .term = {kYear, 1}, .alignment = kCalendar}, 2026-03-15)
//     [03-15, 04-01) 54.84   [04-01, 05-01) 100.00   ...   [2027-03-01, 03-15) 45.16
//
// The periods tile the term without gap or overlap; whole ones cost the schedule's amount. What was
// agreed for the whole term stays agreed wherever calendar alignment puts the boundaries: a stub
// takes its days' part, and the last line takes what is left of the total, so that the lines always
// sum to the order line. Where no total was agreed (purchases) each line is rounded by itself.
//
// It does not know of zones, of today or of what is released: those belong to the release job.
#pragma once

#include <optional>
#include <vector>

#include "libs/calendar/cycle.h"
#include "libs/calendar/date.h"
#include "libs/calendar/proration.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::contracts::domain {

enum class Timing {
  kAdvance,  // billed on the period's first day
  kArrears,  // billed on the first day after it
};
enum class Alignment {
  kAnniversary,  // periods are counted from the start
  kCalendar,     // periods are calendar weeks, months, quarters, years; the ends may be stubs
};

struct ScheduleTerms {
  money::Money amount;                     // of one whole period
  std::optional<money::Money> term_total;  // agreed for the whole term; none: what the lines sum to
  calendar::Cycle cycle;
  calendar::Cycle term;
  Timing timing = Timing::kAdvance;
  int lead_days = 0;  // may exceed a period
  Alignment alignment = Alignment::kAnniversary;
  calendar::ProrationDialect proration = calendar::ProrationDialect::kActualDays;
};

struct Line {
  int sequence = 1;
  calendar::Period period;
  calendar::Date bill_on;
  calendar::Date release_on;
  money::Money amount;

  friend bool operator==(const Line&, const Line&) = default;
};

struct GeneratedLines {
  calendar::Period term;
  std::vector<Line> lines;
  money::Money total;
};

// One schedule has at most this many lines: thirteen years of days.
inline constexpr int kMaxLines = 5'000;

// SCHEDULE_TOO_LONG when the term may hold more than kMaxLines periods: asked before any is made,
// so that no request can ask for a million of them.
Result<void> CheckLength(calendar::Cycle cycle, const calendar::Period& term);

// SCHEDULE_TOO_LONG above kMaxLines.
Result<GeneratedLines> GenerateLines(const ScheduleTerms& terms, calendar::Date start);

// The anchor of the schedule's periods.
calendar::Anchor AnchorOf(const ScheduleTerms& terms, calendar::Date start);

// bill_on and release_on of a period.
calendar::Date BillDate(const ScheduleTerms& terms, const calendar::Period& period);
calendar::Date ReleaseDate(const ScheduleTerms& terms, const calendar::Period& period);

// What a part of a period costs: the amount by the dialect's days, rounded once.
Result<money::Money> PartAmount(const ScheduleTerms& terms, const calendar::Anchor& anchor,
                                const calendar::TermPeriod& period);

}  // namespace continuo::contracts::domain
