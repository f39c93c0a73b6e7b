#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/contracts/v1/calculations.pb.h"
#include "services/contracts/app/calculations.h"
#include "services/contracts/app/schedule_terms.h"

namespace continuo::contracts::app {
namespace {

using calendar::Anchor;
using calendar::Date;

Failure NotApplicable(const std::string& field, const std::string& why) {
  return Invalid("/recurrence/" + field, "NOT_APPLICABLE", why + " Leave " + field + " out.");
}

Result<Anchor> AnniversaryOf(const v1::Recurrence& message, calendar::Cycle cycle, Date start) {
  if (message.fiscal_year_start_month() != 0) {
    return NotApplicable("fiscal_year_start_month", "Anniversaries do not look at the year.");
  }
  const auto day = static_cast<unsigned>(message.anchor_day());
  if (!message.anchor_on().empty()) {
    ASSIGN_OR_RETURN(const Date anchor_on, Date::Parse(message.anchor_on()));
    return day == 0 ? Anchor::On(anchor_on) : Anchor{anchor_on, day};
  }
  const bool by_day = day != 0 && cycle.InMonths();
  return by_day ? Anchor::OnDayOfMonth(start, day) : Anchor::On(start);
}

}  // namespace

Result<domain::Recurrence> RecurrenceOf(const v1::Recurrence& message, Date start) {
  ASSIGN_OR_RETURN(const calendar::Cycle cycle, CycleOf(message.period()));
  if (message.alignment() != catalogue::v1::BILLING_ALIGNMENT_CALENDAR) {
    ASSIGN_OR_RETURN(const Anchor anchor, AnniversaryOf(message, cycle, start));
    return domain::Recurrence{cycle, anchor};
  }
  if (!message.anchor_on().empty()) {
    return NotApplicable("anchor_on", "Calendar periods have their own boundaries.");
  }
  if (message.anchor_day() != 0) {
    return NotApplicable("anchor_day", "Calendar periods have their own boundaries.");
  }
  const auto month = static_cast<unsigned>(std::max(message.fiscal_year_start_month(), 1));
  return domain::Recurrence{cycle, Anchor::Calendar(cycle, month)};
}

Result<calendar::Period> ReadPeriod(const std::string& start_on, const std::string& end_on,
                                    const std::string& end_pointer) {
  ASSIGN_OR_RETURN(const Date start, Date::Parse(start_on));
  ASSIGN_OR_RETURN(const Date end, Date::Parse(end_on));
  if (end <= start) {
    return Invalid(end_pointer, "OUT_OF_RANGE",
                   "Name the first day not served: one after " + start_on + ".");
  }
  return calendar::Period{start, end};
}

std::string DaysText(const calendar::Period& served, const calendar::DayCount& days) {
  return served.ToString() + ": " + std::to_string(days.used) + " of " +
         std::to_string(days.whole) + " days";
}

}  // namespace continuo::contracts::app
