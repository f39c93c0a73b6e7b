#include "continuo/contracts/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "services/contracts/app/calculations.h"
#include "services/contracts/app/schedule_terms.h"
#include "services/contracts/domain/coterminus.h"

namespace continuo::contracts::app {
namespace {

using calculations::AddStep;
using money::Money;

Failure NotApplicable(const std::string& field, const std::string& method) {
  return Invalid("/" + field, "NOT_APPLICABLE",
                 field + " has no meaning " + method + ". Leave it out.");
}

Result<domain::SharedEnd> PerTerm(const v1::CoterminusRequest& request, const Money& price,
                                  const money::Decimal& uplift, const calendar::Period& served) {
  if (request.has_recurrence()) return NotApplicable("recurrence", "per term");
  if (request.dialect() != 0) return NotApplicable("dialect", "per term");
  if (request.reference_start_on().empty()) {
    return Invalid("/reference_start_on", "REQUIRED", "Name the term the price was agreed for.");
  }
  if (request.reference_end_on().empty()) {
    return Invalid("/reference_end_on", "REQUIRED", "Name the term the price was agreed for.");
  }
  ASSIGN_OR_RETURN(const calendar::Period term,
                   ReadPeriod(request.reference_start_on(), request.reference_end_on(),
                              "/reference_end_on"));
  return domain::PricePerTerm(price, uplift, served, term);
}

Result<domain::SharedEnd> PerPeriod(const v1::CoterminusRequest& request, const Money& price,
                                    const money::Decimal& uplift,
                                    const calendar::Period& served) {
  if (!request.reference_start_on().empty()) {
    return NotApplicable("reference_start_on", "per period");
  }
  if (!request.reference_end_on().empty()) return NotApplicable("reference_end_on", "per period");
  if (!request.has_recurrence()) {
    return Invalid("/recurrence", "REQUIRED", "Say what the price is for: its billing period.");
  }
  ASSIGN_OR_RETURN(const domain::Recurrence recurrence,
                   RecurrenceOf(request.recurrence(), served.start));
  RETURN_IF_FAULT(domain::CheckLength(recurrence.cycle, served));
  return domain::PricePerPeriod(price, uplift, served, recurrence,
                                DialectOf(request.dialect()));
}

}  // namespace

Result<v1::Coterminus> CalculateCoterminus(const v1::CoterminusRequest& request) {
  ASSIGN_OR_RETURN(const Money price, calculations::ReadMoney(request.price(), "/price"));
  ASSIGN_OR_RETURN(const money::Decimal uplift,
                   calculations::ReadDecimal(request.uplift_percent(), "/uplift_percent"));
  ASSIGN_OR_RETURN(const calendar::Period served,
                   ReadPeriod(request.start_on(), request.end_on()));
  const bool per_term = request.method() == v1::COTERMINUS_METHOD_PER_TERM;
  ASSIGN_OR_RETURN(const domain::SharedEnd end, per_term
                                                    ? PerTerm(request, price, uplift, served)
                                                    : PerPeriod(request, price, uplift, served));
  ASSIGN_OR_RETURN(const Money amount,
                   money::Round(end.exact, price.currency(),
                                calculations::RoundingOf(request.rounding())));
  v1::Coterminus answer;
  answer.set_days(served.days());
  answer.mutable_ratio()->set_exact(calculations::ExactText(end.ratio));
  answer.mutable_ratio()->set_rounded(calculations::RoundedText(end.ratio));
  auto* steps = answer.mutable_derivation();
  AddStep(steps, "uplifted", price.AmountText() + " raised by " + uplift.ToString() + " %",
          end.uplifted);
  AddStep(steps, "ratio", per_term ? "days served of the reference term's" : "periods served",
          end.ratio);
  AddStep(steps, "amount", "the uplifted price times the ratio", end.exact, amount);
  calculations::WriteMoney(amount, answer.mutable_amount());
  return answer;
}

}  // namespace continuo::contracts::app
