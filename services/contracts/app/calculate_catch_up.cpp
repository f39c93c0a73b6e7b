#include "continuo/contracts/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "services/contracts/app/calculations.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/domain/catch_up.h"

namespace continuo::contracts::app {
namespace {

using calculations::AddStep;

domain::TakeOver TakeOverOf(v1::TakeOver take_over) {
  if (take_over == v1::TAKE_OVER_NEXT) return domain::TakeOver::kNext;
  if (take_over == v1::TAKE_OVER_NEXT_BUT_ONE) return domain::TakeOver::kNextButOne;
  return domain::TakeOver::kEarliest;
}

void Show(const domain::IncrementLine& line, v1::CatchUpLine* shown) {
  shown->set_period_start(line.period.start.ToString());
  shown->set_period_end(line.period.end.ToString());
  shown->set_bill_on(line.bill_on.ToString());
  calculations::WriteMoney(line.amount, shown->mutable_amount());
}

v1::CatchUp Shown(const domain::CatchUp& made, const money::Money& increment) {
  v1::CatchUp answer;
  auto* steps = answer.mutable_derivation();
  const auto explain = [&](const char* name, const domain::IncrementLine& line) {
    AddStep(steps, name, line.period.ToString() + ": periods of " + increment.AmountText(),
            line.ratio);
    AddStep(steps, "amount", "", increment.ToRatio() * line.ratio, line.amount);
  };
  if (made.catch_up) {
    Show(*made.catch_up, answer.mutable_catch_up());
    explain("catch_up", *made.catch_up);
  }
  if (made.take_over_on) answer.set_take_over_on(made.take_over_on->ToString());
  answer.set_periods_ahead(made.periods_ahead);
  for (const domain::IncrementLine& line : made.regular) {
    Show(line, answer.add_regular_lines());
    // Whole periods need no explanation.
    if (line.ratio != money::Ratio(1)) explain("stub", line);
  }
  calculations::WriteMoney(made.total, answer.mutable_total());
  return answer;
}

}  // namespace

Result<v1::CatchUp> CalculateCatchUp(const v1::CatchUpRequest& request) {
  ASSIGN_OR_RETURN(const money::Money amount,
                   calculations::ReadMoney(request.increment(), "/increment"));
  ASSIGN_OR_RETURN(const calendar::Period term, ReadPeriod(request.start_on(), request.end_on()));
  ASSIGN_OR_RETURN(const domain::Recurrence recurrence,
                   RecurrenceOf(request.recurrence(), term.start));
  ASSIGN_OR_RETURN(const calendar::Date effective_on,
                   calendar::Date::Parse(request.effective_on()));
  ASSIGN_OR_RETURN(const calendar::Date today, calendar::Date::Parse(request.today()));
  const domain::BillingRules rules{.recurrence = recurrence,
                                   .timing = TimingOf(request.timing()),
                                   .lead_days = request.lead_days()};
  const domain::Increment increment{.amount = amount,
                                    .effective_on = effective_on,
                                    .take_over = TakeOverOf(request.take_over()),
                                    .proration = DialectOf(request.dialect()),
                                    .rounding = calculations::RoundingOf(request.rounding())};
  ASSIGN_OR_RETURN(const domain::CatchUp made,
                   domain::CatchUpIncrement(term, rules, increment, today));
  return Shown(made, amount);
}

}  // namespace continuo::contracts::app
