#include "continuo/revenue/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "services/revenue/app/calculations.h"
#include "services/revenue/app/measured_progress.h"
#include "services/revenue/domain/modification.h"

namespace continuo::revenue::app {
namespace {

using calculations::AddStep;
using calculations::ReadDecimal;
using calculations::ReadMoney;
using calculations::WriteMoney;
using money::Currency;
using money::Money;
using money::Ratio;

Result<Money> ReadStandalone(const type::v1::Money& message, Currency currency,
                             const std::string& pointer) {
  ASSIGN_OR_RETURN(const Money amount, ReadMoney(message, currency, pointer));
  if (amount.Sign() >= 0) return amount;
  return Invalid(pointer + "/amount", "OUT_OF_RANGE",
                 "What something sells for alone is zero or more.");
}

Result<domain::ModifiedObligation> ObligationOf(const v1::ModifiedObligation& message,
                                                Currency currency, const std::string& pointer) {
  domain::ModifiedObligation obligation{.added = message.added(),
                                        .distinct = message.distinct(),
                                        .price = Money::Zero(currency),
                                        .recognised = Money::Zero(currency)};
  if (message.added() && (message.has_price() || message.has_recognised())) {
    return Invalid(pointer + "/price", "NOT_APPLICABLE",
                   "What is added has no price before the change.");
  }
  if (!message.added() && !message.has_price()) {
    return Invalid(pointer + "/price", "REQUIRED", "Name the price that was allocated to it.");
  }
  if (message.has_price()) {
    ASSIGN_OR_RETURN(obligation.price, ReadMoney(message.price(), currency, pointer + "/price"));
  }
  if (message.has_recognised()) {
    ASSIGN_OR_RETURN(obligation.recognised,
                     ReadMoney(message.recognised(), currency, pointer + "/recognised"));
  }
  if (message.has_progress()) {
    ASSIGN_OR_RETURN(obligation.progress, ProgressOf(message.progress(), pointer + "/progress"));
  }
  ASSIGN_OR_RETURN(obligation.total_standalone,
                   ReadStandalone(message.total_standalone(), currency,
                                  pointer + "/total_standalone"));
  obligation.remaining_standalone = obligation.total_standalone;
  if (message.has_remaining_standalone()) {
    ASSIGN_OR_RETURN(obligation.remaining_standalone,
                     ReadStandalone(message.remaining_standalone(), currency,
                                    pointer + "/remaining_standalone"));
  }
  return obligation;
}

v1::ModificationTreatment TreatmentOf(domain::Treatment treatment) {
  switch (treatment) {
    case domain::Treatment::kSeparate:
      return v1::MODIFICATION_TREATMENT_SEPARATE_CONTRACT;
    case domain::Treatment::kProspective:
      return v1::MODIFICATION_TREATMENT_PROSPECTIVE;
    case domain::Treatment::kCumulative:
      return v1::MODIFICATION_TREATMENT_CUMULATIVE;
    case domain::Treatment::kMixed:
      break;
  }
  return v1::MODIFICATION_TREATMENT_MIXED;
}

Result<void> Show(const domain::ObligationAfter& after, const v1::ModifiedObligation& message,
                  const std::string& pointer, v1::RevenueModification* answer) {
  v1::ObligationAfterModification& shown = *answer->add_obligations();
  WriteMoney(after.price, shown.mutable_price());
  WriteMoney(after.catch_up, shown.mutable_catch_up());
  WriteMoney(after.remaining, shown.mutable_remaining());
  auto* steps = answer->mutable_derivation();
  AddStep(steps, "price", "after the modification", after.price.ToRatio(), after.price);
  AddStep(steps, "catch_up", "earned at once", after.catch_up.ToRatio(), after.catch_up);
  if (message.remaining_units().empty()) return {};
  ASSIGN_OR_RETURN(const auto units,
                   ReadDecimal(message.remaining_units(), pointer + "/remaining_units"));
  const Ratio unit_price = after.remaining.ToRatio() / units.ToRatio();
  shown.set_unit_price(calculations::RoundedText(unit_price));
  AddStep(steps, "unit_price", after.remaining.AmountText() + " over " + units.ToString(),
          unit_price);
  return {};
}

}  // namespace

Result<v1::RevenueModification> CalculateRevenueModification(
    const v1::RevenueModificationRequest& request) {
  ASSIGN_OR_RETURN(const Money change, ReadMoney(request.price_change(), "/price_change"));
  Money credit = Money::Zero(change.currency());
  if (request.has_immediate_credit()) {
    ASSIGN_OR_RETURN(credit, ReadMoney(request.immediate_credit(), change.currency(),
                                       "/immediate_credit"));
  }
  std::vector<domain::ModifiedObligation> obligations;
  for (int i = 0; i < request.obligations_size(); ++i) {
    ASSIGN_OR_RETURN(domain::ModifiedObligation obligation,
                     ObligationOf(request.obligations(i), change.currency(),
                                  "/obligations/" + std::to_string(i)));
    obligations.push_back(std::move(obligation));
  }
  const domain::Modification modification{
      .price_change = change,
      .added_at_standalone = request.added_at_standalone(),
      .mixed_price = request.mixed_price() == v1::MIXED_PRICE_POLICY_REMAINING
                         ? domain::MixedPrice::kRemaining
                         : domain::MixedPrice::kTotal};
  ASSIGN_OR_RETURN(const domain::ModifiedContract made,
                   domain::ModifyContract(obligations, modification));
  v1::RevenueModification answer;
  answer.set_treatment(TreatmentOf(made.treatment));
  answer.set_reason(made.reason);
  AddStep(answer.mutable_derivation(), "allocated", made.reason, made.allocated.ToRatio(),
          made.allocated);
  for (int i = 0; i < request.obligations_size(); ++i) {
    RETURN_IF_FAULT(Show(made.obligations[i], request.obligations(i),
                         "/obligations/" + std::to_string(i), &answer));
  }
  WriteMoney(made.catch_up, answer.mutable_catch_up());
  WriteMoney(made.catch_up - credit, answer.mutable_immediate());
  WriteMoney(made.price - credit, answer.mutable_price());
  return answer;
}

}  // namespace continuo::revenue::app
