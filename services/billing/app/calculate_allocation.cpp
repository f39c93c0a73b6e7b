#include "continuo/billing/v1/calculations.pb.h"
#include "libs/calculations/figures.h"
#include "libs/money/allocation.h"
#include "services/billing/app/calculations.h"

namespace continuo::billing::app {
namespace {

using money::Money;
using money::Ratio;

Result<std::vector<Money>> Allocated(const v1::AllocationRequest& request, const Money& total,
                                     const std::vector<Ratio>& weights) {
  const money::Rounding rounding = calculations::RoundingOf(request.rounding());
  switch (request.method()) {
    case v1::ALLOCATION_METHOD_CUMULATIVE:
      return money::Split(total, weights, money::SplitPolicy::kCumulative, rounding);
    case v1::ALLOCATION_METHOD_LAST_TAKES_REMAINDER:
      return money::Split(total, weights, money::SplitPolicy::kLastTakesRemainder, rounding);
    default:
      break;
  }
  if (request.rounding() != type::v1::ROUNDING_MODE_UNSPECIFIED) {
    return Invalid("/rounding", "NOT_APPLICABLE",
                   "The largest remainder rounds nothing. Leave rounding out.");
  }
  return money::Allocate(total, std::span<const Ratio>(weights));
}

}  // namespace

Result<v1::CalculatedAllocation> CalculateAllocation(const v1::AllocationRequest& request) {
  ASSIGN_OR_RETURN(const Money total, calculations::ReadMoney(request.total(), "/total"));
  std::vector<Ratio> weights;
  Ratio sum;
  for (int i = 0; i < request.weights_size(); ++i) {
    const std::string pointer = "/weights/" + std::to_string(i);
    if (request.weights(i).empty()) return Invalid(pointer, "REQUIRED", "Give a weight, or 0.");
    ASSIGN_OR_RETURN(const auto weight, calculations::ReadDecimal(request.weights(i), pointer));
    weights.push_back(weight.ToRatio());
    sum += weights.back();
  }
  ASSIGN_OR_RETURN(const std::vector<Money> parts, Allocated(request, total, weights));
  v1::CalculatedAllocation answer;
  for (size_t i = 0; i < parts.size(); ++i) {
    const Ratio share = sum.IsZero() ? Ratio() : weights[i] / sum;
    v1::AllocatedPart& part = *answer.add_parts();
    part.set_share(calculations::ExactText(share));
    calculations::WriteMoney(parts[i], part.mutable_amount());
    calculations::AddStep(answer.mutable_derivation(), "part",
                          calculations::ExactText(weights[i]) + " of " +
                              calculations::ExactText(sum),
                          total.ToRatio() * share, parts[i]);
  }
  return answer;
}

}  // namespace continuo::billing::app
