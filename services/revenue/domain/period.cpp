#include "services/revenue/domain/period.h"

namespace continuo::revenue::domain {

Result<void> MayClose(const PeriodToClose& period) {
  if (period.closed) {
    return FailedPrecondition("ACCOUNTING_PERIOD_CLOSED",
                              "Period " + period.id + " is closed already.", {{"id", period.id}});
  }
  if (period.today < period.month.end) {
    const std::string day = period.month.end.ToString();
    return FailedPrecondition("ACCOUNTING_PERIOD_NOT_OVER",
                              "Period " + period.id + " is not over. Close it on " + day +
                                  " or later.",
                              {{"id", period.id}, {"from", day}});
  }
  if (!period.earlier_open_id.empty()) {
    return FailedPrecondition(
        "EARLIER_PERIOD_OPEN",
        "Period " + period.earlier_open_period + " is still open. Close " +
            period.earlier_open_id + " first.",
        {{"id", period.earlier_open_id}, {"period", period.earlier_open_period}});
  }
  if (period.unposted) {
    return FailedPrecondition("REVENUE_NOT_POSTED",
                              "Revenue of period " + period.id +
                                  " is still being posted. Repeat in a moment.",
                              {{"id", period.id}});
  }
  return {};
}

}  // namespace continuo::revenue::domain
