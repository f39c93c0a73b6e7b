#include "services/revenue/domain/recognition.h"

#include <algorithm>

#include "libs/money/allocation.h"

namespace continuo::revenue::domain {
namespace {

using calendar::Date;
using calendar::Period;
using money::Ratio;

constexpr int kDaysOfMonth = 30;

// `part` lies in one month and is not empty.
Ratio WeightOf(const Period& part, StraightLine rule) {
  if (rule == StraightLine::kDays) return Ratio::Of(part.days(), 1);
  const Date last = part.end.AddDays(-1);
  const int from = std::min(static_cast<int>(part.start.day()), kDaysOfMonth);
  const int to = last.IsLastOfMonth() ? kDaysOfMonth : static_cast<int>(last.day());
  return Ratio::Of(to - from + 1, kDaysOfMonth);
}

}  // namespace

Result<std::vector<MonthlyRevenue>> Schedule(money::Money price, Period service,
                                             StraightLine rule) {
  if (service.IsEmpty()) {
    return Invalid("/service", "INVALID_PERIOD", "The service period has no day.");
  }
  std::vector<MonthlyRevenue> months;
  std::vector<Ratio> weights;
  Ratio whole;
  for (Date month = service.start.FirstOfMonth(); month < service.end;
       month = month.AddMonths(1)) {
    const Period served = service.Intersect({month, month.AddMonths(1)});
    whole += weights.emplace_back(WeightOf(served, rule));
    months.push_back({.month = month, .service = served});
  }
  ASSIGN_OR_RETURN(const auto amounts, money::Split(price, weights));
  Ratio so_far;
  for (size_t i = 0; i < months.size(); ++i) {
    so_far += weights[i];
    months[i].amount = amounts[i];
    months[i].progress = so_far / whole;
  }
  return months;
}

}  // namespace continuo::revenue::domain
