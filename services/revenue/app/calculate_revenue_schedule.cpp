#include "continuo/revenue/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "libs/money/allocation.h"
#include "services/revenue/app/calculations.h"
#include "services/revenue/app/measured_progress.h"
#include "services/revenue/domain/recognition.h"

namespace continuo::revenue::app {
namespace {

using calculations::ReadMoney;
using calculations::WriteMoney;
using money::Money;
using money::Ratio;

// One part's total so far, exact in major units, with the amount that it became.
void AddPart(const std::string& month, const Ratio& progress, const Ratio& exact_to_date,
             const Money& amount, const Money& to_date, v1::RevenueSchedule* answer) {
  v1::EarnedPart& part = *answer->add_parts();
  part.set_month(month);
  part.set_progress(calculations::ExactText(progress));
  WriteMoney(amount, part.mutable_amount());
  WriteMoney(to_date, part.mutable_to_date());
  calculations::AddStep(answer->mutable_derivation(), "earned_to_date", month, exact_to_date,
                        to_date);
}

Result<calendar::Period> ServiceOf(const v1::RevenueScheduleRequest& request) {
  if (request.start_on().empty()) return Invalid("/start_on", "REQUIRED", "Name the first day.");
  if (request.end_on().empty()) {
    return Invalid("/end_on", "REQUIRED", "Name the first day that is no longer served.");
  }
  if (request.measures_size() > 0) {
    return Invalid("/measures", "NOT_APPLICABLE", "Days and months are not measured.");
  }
  if (request.has_earned_at_cost()) {
    return Invalid("/earned_at_cost", "NOT_APPLICABLE", "It belongs to progress.");
  }
  calendar::Period service;
  ASSIGN_OR_RETURN(service.start, calendar::Date::Parse(request.start_on()));
  ASSIGN_OR_RETURN(service.end, calendar::Date::Parse(request.end_on()));
  constexpr int kDaysMax = 100 * 366;
  if (service.IsEmpty() || service.days() > kDaysMax) {
    return Invalid("/end_on", "OUT_OF_RANGE", "Name a day after the start, within 100 years.");
  }
  return service;
}

Result<v1::RevenueSchedule> OverTime(const v1::RevenueScheduleRequest& request,
                                     const Money& price) {
  ASSIGN_OR_RETURN(const calendar::Period service, ServiceOf(request));
  const auto rule = request.rule() == v1::EARNING_RULE_DAYS ? domain::StraightLine::kDays
                                                            : domain::StraightLine::kMonths;
  ASSIGN_OR_RETURN(const auto months, domain::Schedule(price, service, rule));
  std::vector<Ratio> weights;
  Ratio before;
  for (const domain::MonthlyRevenue& month : months) {
    weights.push_back(month.progress - before);
    before = month.progress;
  }
  const auto policy = request.split() == v1::EARNING_SPLIT_LAST_TAKES_REMAINDER
                          ? money::SplitPolicy::kLastTakesRemainder
                          : money::SplitPolicy::kCumulative;
  ASSIGN_OR_RETURN(const std::vector<Money> amounts, money::Split(price, weights, policy));
  v1::RevenueSchedule answer;
  Money to_date = Money::Zero(price.currency());
  for (size_t i = 0; i < months.size(); ++i) {
    to_date += amounts[i];
    AddPart(months[i].month.ToString(), months[i].progress,
            price.ToRatio() * months[i].progress, amounts[i], to_date, &answer);
  }
  WriteMoney(to_date, answer.mutable_earned());
  WriteMoney(price - to_date, answer.mutable_unearned());
  return answer;
}

Result<v1::RevenueSchedule> ByProgress(const v1::RevenueScheduleRequest& request,
                                       const Money& price) {
  if (!request.start_on().empty() || !request.end_on().empty()) {
    return Invalid("/start_on", "NOT_APPLICABLE", "Progress is measured; leave the days out.");
  }
  if (request.split() != v1::EARNING_SPLIT_UNSPECIFIED) {
    return Invalid("/split", "NOT_APPLICABLE", "Progress is always to date. Leave split out.");
  }
  if (request.measures_size() == 0) return Invalid("/measures", "REQUIRED", "Give one or more.");
  Money at_cost = Money::Zero(price.currency());
  if (request.has_earned_at_cost()) {
    ASSIGN_OR_RETURN(at_cost,
                     ReadMoney(request.earned_at_cost(), price.currency(), "/earned_at_cost"));
  }
  v1::RevenueSchedule answer;
  Money before = Money::Zero(price.currency());
  for (int i = 0; i < request.measures_size(); ++i) {
    ASSIGN_OR_RETURN(const Ratio progress, ProgressOf(request.measures(i),
                                                      "/measures/" + std::to_string(i)));
    const Ratio exact = at_cost.ToRatio() + (price.ToRatio() - at_cost.ToRatio()) * progress;
    ASSIGN_OR_RETURN(const Money to_date, money::Round(exact, price.currency()));
    AddPart("", progress, exact, to_date - before, to_date, &answer);
    before = to_date;
  }
  WriteMoney(before, answer.mutable_earned());
  WriteMoney(price - before, answer.mutable_unearned());
  return answer;
}

}  // namespace

Result<v1::RevenueSchedule> CalculateRevenueSchedule(const v1::RevenueScheduleRequest& request) {
  ASSIGN_OR_RETURN(const Money price, ReadMoney(request.price(), "/price"));
  return request.rule() == v1::EARNING_RULE_PROGRESS ? ByProgress(request, price)
                                                     : OverTime(request, price);
}

}  // namespace continuo::revenue::app
