#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/contracts/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "services/contracts/app/calculations.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/domain/prorated_lines.h"

namespace continuo::contracts::app {
namespace {

using calculations::AddStep;
using calculations::ReadMoney;
using calculations::WriteMoney;
using money::Money;
using money::Ratio;

void ShowPeriods(const std::vector<domain::PeriodPart>& parts, v1::Proration* answer) {
  Ratio sum;
  for (const auto& [period, days] : parts) {
    v1::ProratedPeriod& shown = *answer->add_periods();
    shown.set_period_start(period.served.start.ToString());
    shown.set_period_end(period.served.end.ToString());
    shown.set_whole_start(period.whole.start.ToString());
    shown.set_whole_end(period.whole.end.ToString());
    shown.set_days_used(days.used);
    shown.set_days_whole(days.whole);
    sum += days.ToRatio();
    AddStep(answer->mutable_derivation(), "period", DaysText(period.served, days), days.ToRatio());
  }
  answer->mutable_ratio()->set_exact(calculations::ExactText(sum));
  answer->mutable_ratio()->set_rounded(calculations::RoundedText(sum));
  AddStep(answer->mutable_derivation(), "ratio", "whole periods and parts of one", sum);
}

}  // namespace

Result<v1::Proration> CalculateProration(const v1::ProrationRequest& request) {
  ASSIGN_OR_RETURN(const calendar::Period served,
                   ReadPeriod(request.start_on(), request.end_on()));
  ASSIGN_OR_RETURN(const domain::Recurrence recurrence,
                   RecurrenceOf(request.recurrence(), served.start));
  ASSIGN_OR_RETURN(const auto parts,
                   domain::PartsOf(served, recurrence, DialectOf(request.dialect())));
  const auto lines = request.lines() == v1::PRORATED_LINES_PER_PERIOD
                         ? domain::ProratedLines::kPerPeriod
                         : domain::ProratedLines::kOne;
  v1::Proration answer;
  ShowPeriods(parts, &answer);
  ASSIGN_OR_RETURN(const Money first, ReadMoney(request.amounts(0), "/amounts/0"));
  Money net = Money::Zero(first.currency());
  for (int i = 0; i < request.amounts_size(); ++i) {
    ASSIGN_OR_RETURN(const Money price, ReadMoney(request.amounts(i), first.currency(),
                                                  "/amounts/" + std::to_string(i)));
    ASSIGN_OR_RETURN(
        const domain::ProratedAmount prorated,
        domain::Prorate(price, parts, lines, calculations::RoundingOf(request.rounding())));
    ASSIGN_OR_RETURN(net, money::Add(net, prorated.amount));
    AddStep(answer.mutable_derivation(), "amount", price.AmountText() + " times the ratio",
            prorated.exact, prorated.amount);
    v1::ProratedAmount& shown = *answer.add_amounts();
    WriteMoney(prorated.amount, shown.mutable_amount());
    WriteMoney(prorated.unused, shown.mutable_unused());
  }
  WriteMoney(net, answer.mutable_net());
  return answer;
}

}  // namespace continuo::contracts::app
