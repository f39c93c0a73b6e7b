#include <google/protobuf/util/time_util.h>

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/contracts/v1/calculations.pb.h"
#include "libs/calendar/zone.h"
#include "services/contracts/app/calculations.h"
#include "services/contracts/app/schedule_terms.h"

namespace continuo::contracts::app {
namespace {

using calendar::Date;
using calendar::Period;

constexpr int kLastYear = 9999;

Result<Period> TermOf(const v1::BillingPeriodsRequest& request) {
  if (request.has_term() != request.end_on().empty()) {
    return Invalid("/end_on", "REQUIRED", "Give either end_on or term.");
  }
  if (!request.has_term()) return ReadPeriod(request.start_on(), request.end_on());
  ASSIGN_OR_RETURN(const Date start, Date::Parse(request.start_on()));
  ASSIGN_OR_RETURN(const calendar::Cycle length, CycleOf(request.term()));
  const Period term{start, calendar::Advance(start, length)};
  if (term.end.year() <= kLastYear) return term;
  return Invalid("/term", "OUT_OF_RANGE", "Give a term that ends by the year 9999.");
}

void Show(const domain::BilledPeriod& period, v1::CalculatedPeriod* shown) {
  shown->set_period_start(period.served.start.ToString());
  shown->set_period_end(period.served.end.ToString());
  shown->set_whole_start(period.whole.start.ToString());
  shown->set_whole_end(period.whole.end.ToString());
  shown->set_boundary(period.boundary);
  shown->set_stub(period.IsStub());
  shown->set_bill_on(period.bill_on.ToString());
  shown->set_release_on(period.release_on.ToString());
}

Result<void> CountDueAt(const v1::BillingPeriodsRequest& request,
                        const std::vector<domain::BilledPeriod>& periods,
                        v1::BillingPeriods* answer) {
  if (request.observed_at().empty()) return {};
  if (request.time_zone().empty()) {
    return Invalid("/time_zone", "REQUIRED", "Name the zone whose local day decides.");
  }
  ASSIGN_OR_RETURN(const calendar::Zone zone, calendar::Zone::Find(request.time_zone()));
  for (const auto& instant : request.observed_at()) {
    const calendar::Instant at{std::chrono::microseconds(
        google::protobuf::util::TimeUtil::TimestampToMicroseconds(instant))};
    answer->add_due_counts(domain::CountDue(periods, calendar::LocalDate(at, zone)));
  }
  return {};
}

}  // namespace

Result<v1::BillingPeriods> CalculateBillingPeriods(const v1::BillingPeriodsRequest& request) {
  ASSIGN_OR_RETURN(const Period term, TermOf(request));
  ASSIGN_OR_RETURN(const domain::Recurrence recurrence,
                   RecurrenceOf(request.recurrence(), term.start));
  const domain::BillingRules rules{.recurrence = recurrence,
                                   .timing = TimingOf(request.timing()),
                                   .lead_days = request.lead_days(),
                                   .stubs = request.stubs() == v1::STUB_POLICY_LONG
                                                ? calendar::Stubs::kLong
                                                : calendar::Stubs::kShort};
  ASSIGN_OR_RETURN(const auto periods, domain::BillingPeriods(term, rules));
  v1::BillingPeriods answer;
  answer.set_anchor_on(
      calendar::Boundary(recurrence.cycle, recurrence.anchor, 0).ToString());
  for (const domain::BilledPeriod& period : periods) Show(period, answer.add_periods());
  RETURN_IF_FAULT(CountDueAt(request, periods, &answer));
  return answer;
}

}  // namespace continuo::contracts::app
