#include "services/revenue/domain/plan.h"

#include <algorithm>

#include "services/revenue/domain/recognition.h"

namespace continuo::revenue::domain {
namespace {

using calendar::Date;
using calendar::Period;
using money::Money;

// As if nothing were earned yet.
Result<std::vector<PlannedPart>> WholePlan(RecognitionRule rule, Money allocated,
                                           const Period& service) {
  if (rule == RecognitionRule::kPointInTime) {
    return std::vector<PlannedPart>{{.service = service,
                                     .effective_on = service.start,
                                     .due_on = service.start,
                                     .amount = allocated,
                                     .progress = 1}};
  }
  const StraightLine line = rule == RecognitionRule::kStraightLineDays ? StraightLine::kDays
                                                                       : StraightLine::kMonths;
  ASSIGN_OR_RETURN(const auto months, Schedule(allocated, service, line));
  std::vector<PlannedPart> parts;
  for (const MonthlyRevenue& month : months) {
    parts.push_back({.service = month.service,
                     .effective_on = month.service.end.AddDays(-1),
                     .due_on = month.service.end,
                     .amount = month.amount,
                     .progress = month.progress});
  }
  return parts;
}

void Correct(PlannedPart* part, Money earned, Date changed_on) {
  part->amount -= earned;
  part->effective_on = std::max(part->effective_on, changed_on);
  part->due_on = std::max(part->due_on, changed_on);
}

}  // namespace

Result<std::vector<PlannedPart>> PlanRevenue(RecognitionRule rule, Money allocated,
                                             const std::optional<Period>& service,
                                             const MonthsEarned& earned, Date changed_on) {
  std::vector<PlannedPart> parts;
  if (service && !service->IsEmpty()) {
    ASSIGN_OR_RETURN(parts, WholePlan(rule, allocated, *service));
  }
  MonthsEarned left = earned;
  for (PlannedPart& part : parts) {
    const auto month = left.extract(part.service.start.FirstOfMonth());
    if (!month.empty()) Correct(&part, month.mapped(), changed_on);
  }
  // Months that are no longer served.
  for (const auto& [month, amount] : left) {
    PlannedPart undone{.service = {month, month.AddMonths(1)},
                       .effective_on = changed_on,
                       .due_on = changed_on,
                       .amount = Money::Zero(amount.currency())};
    Correct(&undone, amount, changed_on);
    parts.push_back(undone);
  }
  std::erase_if(parts, [](const PlannedPart& part) { return part.amount.IsZero(); });
  std::sort(parts.begin(), parts.end(), [](const PlannedPart& a, const PlannedPart& b) {
    return a.service.start < b.service.start;
  });
  return parts;
}

}  // namespace continuo::revenue::domain
