#include "services/revenue/domain/period.h"

#include "libs/testing/catch/catch.h"

namespace continuo::revenue::domain {
namespace {

using calendar::Date;

PeriodToClose March() {
  return {.id = "ap_march",
          .month = {Date(2026, 3, 1), Date(2026, 4, 1)},
          .today = Date(2026, 4, 1)};
}

TEST_CASE("a month may be closed once it is over, in order, with all of it posted") {
  struct Row {
    const char* title;
    void (*change)(PeriodToClose&);
    const char* reason;
  };
  const std::vector<Row> rows = {
      {"on the first day after it", [](PeriodToClose&) {}, ""},
      {"on its last day", [](PeriodToClose& p) { p.today = Date(2026, 3, 31); },
       "ACCOUNTING_PERIOD_NOT_OVER"},
      {"twice", [](PeriodToClose& p) { p.closed = true; }, "ACCOUNTING_PERIOD_CLOSED"},
      {"before an earlier one", [](PeriodToClose& p) { p.earlier_open_id = "ap_february"; },
       "EARLIER_PERIOD_OPEN"},
      {"before its revenue is posted", [](PeriodToClose& p) { p.unposted = true; },
       "REVENUE_NOT_POSTED"},
  };
  for (const Row& row : rows) {
    INFO(row.title);
    PeriodToClose period = March();
    row.change(period);
    const Result<void> may = MayClose(period);
    CHECK((may ? "" : may.error().reason) == row.reason);
  }
}

}  // namespace
}  // namespace continuo::revenue::domain
