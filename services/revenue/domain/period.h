// When the month of a division's books may be closed for good.
//
//   March, on 1 April in the last of the division's zones, with February closed and nothing of
//   March left to post: yes
//
// A closed month is never written: what becomes known later is posted to the first open one.
#pragma once

#include <optional>
#include <string>

#include "libs/calendar/date.h"
#include "libs/result/result.h"

namespace continuo::revenue::domain {

struct PeriodToClose {
  std::string id;
  calendar::Period month;
  bool closed = false;
  calendar::Date today;  // the earliest of the division's zones
  std::string earlier_open_id;      // empty: none
  std::string earlier_open_period;  // "2026-02"
  bool unposted = false;            // revenue of the month waits to be posted
};

// ACCOUNTING_PERIOD_CLOSED, ACCOUNTING_PERIOD_NOT_OVER, EARLIER_PERIOD_OPEN, REVENUE_NOT_POSTED.
Result<void> MayClose(const PeriodToClose& period);

}  // namespace continuo::revenue::domain
