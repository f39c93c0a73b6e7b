#include "services/revenue/domain/modification.h"

#include <algorithm>

#include "libs/money/allocation.h"

namespace continuo::revenue::domain {
namespace {

using money::Money;
using money::Ratio;
using Obligations = std::span<const ModifiedObligation>;

struct Decision {
  Treatment treatment;
  const char* reason;
};

bool IsDistinct(const ModifiedObligation& obligation) { return obligation.distinct; }

Decision Decide(Obligations obligations, const Modification& modification) {
  if (modification.added_at_standalone) {
    return {Treatment::kSeparate, "distinct goods are added at what they sell for alone"};
  }
  if (std::all_of(obligations.begin(), obligations.end(), IsDistinct)) {
    return {Treatment::kProspective, "what remains is distinct from what was handed over"};
  }
  if (std::any_of(obligations.begin(), obligations.end(), IsDistinct)) {
    return {Treatment::kMixed, "some of what remains is distinct, some is not"};
  }
  return {Treatment::kCumulative, "nothing that remains is distinct from what was handed over"};
}

// Goods that are not distinct are no contract of their own, at whatever price.
Result<void> CheckSeparate(Obligations obligations, const Modification& modification) {
  if (!modification.added_at_standalone) return {};
  for (std::size_t i = 0; i < obligations.size(); ++i) {
    if (!obligations[i].added || obligations[i].distinct) continue;
    return Invalid("/obligations/" + std::to_string(i) + "/distinct", "NOT_APPLICABLE",
                   "Only distinct goods are a contract of their own: say that these are, or leave "
                   "added_at_standalone out.");
  }
  return {};
}

// What is distributed, over which standalone prices, and what each obligation keeps beside it.
struct Distribution {
  Money amount;
  std::vector<Money> weights;
  std::vector<Money> kept;
};

Result<Distribution> Distribute(Obligations obligations, const Modification& modification,
                                Treatment treatment) {
  const bool whole = treatment == Treatment::kCumulative ||
                     (treatment == Treatment::kMixed &&
                      modification.mixed_price == MixedPrice::kTotal);
  const Money zero = Money::Zero(modification.price_change.currency());
  Distribution made{.amount = modification.price_change};
  for (const ModifiedObligation& obligation : obligations) {
    if (treatment == Treatment::kSeparate) {
      made.weights.push_back(obligation.added ? obligation.total_standalone : zero);
      made.kept.push_back(obligation.price);
      continue;
    }
    made.weights.push_back(whole ? obligation.total_standalone
                                 : obligation.remaining_standalone);
    made.kept.push_back(whole ? zero : obligation.recognised);
    ASSIGN_OR_RETURN(made.amount,
                     money::Add(made.amount, whole ? obligation.price
                                                   : obligation.price - obligation.recognised));
  }
  return made;
}

bool IsCaughtUp(const ModifiedObligation& obligation, Treatment treatment) {
  if (treatment == Treatment::kCumulative) return true;
  return treatment == Treatment::kMixed && !obligation.distinct;
}

Result<ObligationAfter> After(const ModifiedObligation& before, Money price, Treatment treatment) {
  ObligationAfter after{.price = price, .catch_up = Money::Zero(price.currency())};
  if (IsCaughtUp(before, treatment)) {
    ASSIGN_OR_RETURN(const Money earned,
                     money::Round(price.ToRatio() * before.progress, price.currency()));
    after.catch_up = earned - before.recognised;
  }
  after.remaining = price - before.recognised - after.catch_up;
  return after;
}

}  // namespace

Result<ModifiedContract> ModifyContract(Obligations obligations,
                                        const Modification& modification) {
  RETURN_IF_FAULT(CheckSeparate(obligations, modification));
  const auto [treatment, reason] = Decide(obligations, modification);
  ASSIGN_OR_RETURN(const Distribution distribution,
                   Distribute(obligations, modification, treatment));
  const bool has_weight = std::any_of(distribution.weights.begin(), distribution.weights.end(),
                                      [](const Money& weight) { return !weight.IsZero(); });
  if (!has_weight && !distribution.amount.IsZero()) {
    return Invalid("/obligations", "NOTHING_TO_ALLOCATE_ON",
                   "Give the standalone prices over which the price is to be allocated.");
  }
  ASSIGN_OR_RETURN(const std::vector<Money> shares,
                   money::Allocate(distribution.amount, distribution.weights));
  const Money zero = Money::Zero(modification.price_change.currency());
  ModifiedContract made{.treatment = treatment,
                        .reason = reason,
                        .allocated = distribution.amount,
                        .catch_up = zero,
                        .price = zero};
  for (std::size_t i = 0; i < obligations.size(); ++i) {
    ASSIGN_OR_RETURN(const Money price, money::Add(distribution.kept[i], shares[i]));
    ASSIGN_OR_RETURN(ObligationAfter after, After(obligations[i], price, treatment));
    ASSIGN_OR_RETURN(made.catch_up, money::Add(made.catch_up, after.catch_up));
    ASSIGN_OR_RETURN(made.price, money::Add(made.price, price));
    made.obligations.push_back(std::move(after));
  }
  return made;
}

}  // namespace continuo::revenue::domain
