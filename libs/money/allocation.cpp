#include "libs/money/allocation.h"

#include <cassert>
#include <numeric>

namespace continuo::money {
namespace {

Failure NothingToAllocateOn(Money total) {
  return FailedPrecondition(
      "NOTHING_TO_ALLOCATE_ON",
      total.ToString() + " cannot be allocated: there is nothing with a weight above zero.",
      {{"amount", total.ToString()}});
}

// The sum of the weights. Zero is an answer only when there is nothing to split.
Result<Ratio> TotalWeight(Money total, std::span<const Ratio> weights) {
  Ratio sum;
  for (const Ratio& weight : weights) {
    if (weight.Sign() < 0) {
      return FailedPrecondition("NEGATIVE_WEIGHT",
                                "An amount cannot be allocated over a negative weight (" +
                                    weight.ToString() + "). Leave such lines out.",
                                {{"weight", weight.ToString()}});
    }
    sum += weight;
  }
  if (sum.IsZero() && !total.IsZero()) return NothingToAllocateOn(total);
  return sum;
}

// The weights as whole numbers in the same proportion; false when that takes too large ones.
bool AsWholes(std::span<const Ratio> weights, std::vector<std::int64_t>* wholes) {
  constexpr std::int64_t kMost = std::int64_t{1} << 61;
  std::int64_t common = 1;
  for (const Ratio& weight : weights) {
    std::int64_t numerator, denominator;
    if (!weight.Small(&numerator, &denominator)) return false;
    if (common % denominator == 0) continue;
    const std::int64_t more = denominator / std::gcd(common, denominator);
    if (__builtin_mul_overflow(common, more, &common)) return false;
  }
  std::int64_t sum = 0;
  wholes->clear();
  for (const Ratio& weight : weights) {
    std::int64_t numerator, denominator, whole;
    weight.Small(&numerator, &denominator);
    if (__builtin_mul_overflow(numerator, common / denominator, &whole)) return false;
    if (__builtin_add_overflow(sum, whole, &sum) || sum > kMost) return false;
    wholes->push_back(whole);
  }
  return true;
}

// What is left after the floors: a unit each, by the largest fraction, ties by order.
template <class Fraction>
void GiveRest(__int128 left, const std::vector<Fraction>& fractions, std::vector<__int128>* units) {
  std::vector<std::size_t> order(fractions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return fractions[a] > fractions[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++(*units)[order[i]];
}

// Of `amount` units, not negative; the sum of the weights is above zero.
std::vector<__int128> UnitsByWholes(std::int64_t amount, const std::vector<std::int64_t>& weights) {
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::vector<__int128> units(weights.size());
  std::vector<std::int64_t> rests(weights.size());
  __int128 left = amount;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const __int128 product = static_cast<__int128>(amount) * weights[i];
    units[i] = product / sum;
    rests[i] = static_cast<std::int64_t>(product - units[i] * sum);
    left -= units[i];
  }
  GiveRest(left, rests, &units);
  return units;
}

std::vector<__int128> UnitsByRatios(Money total, bool negative, std::span<const Ratio> weights,
                                    const Ratio& sum) {
  const Ratio amount = Ratio(total.minor()).Absolute();
  std::vector<Ratio> fractions(weights.size());
  __int128 left = negative ? -static_cast<__int128>(total.minor()) : total.minor();
  std::vector<__int128> units(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Ratio share = amount * weights[i] / sum;
    __int128 whole = 0;
    share.Scaled(0, Rounding::kFloor, left, &whole);
    units[i] = whole;
    fractions[i] = share - Ratio::Of(whole, 1);
    left -= whole;
  }
  GiveRest(left, fractions, &units);
  return units;
}

template <class Weight>
std::vector<Ratio> AsRatios(std::span<const Weight> weights) {
  std::vector<Ratio> ratios;
  ratios.reserve(weights.size());
  for (const Weight& weight : weights) {
    if constexpr (std::is_same_v<Weight, Money>) {
      assert(weight.currency() == weights.front().currency());
      ratios.push_back(weight.minor());
    } else {
      ratios.push_back(weight.ToRatio());
    }
  }
  return ratios;
}

}  // namespace

Result<std::vector<Money>> Allocate(Money total, std::span<const Ratio> weights) {
  ASSIGN_OR_RETURN(const Ratio sum, TotalWeight(total, weights));
  std::vector<Money> parts(weights.size(), Money::Zero(total.currency()));
  if (sum.IsZero()) return parts;
  const bool negative = total.Sign() < 0;
  // The least number there is has no positive twin; Ratios know it.
  const bool whole_fits = total.minor() != INT64_MIN;
  std::vector<std::int64_t> wholes;
  std::vector<__int128> units;
  if (whole_fits && AsWholes(weights, &wholes)) {
    units = UnitsByWholes(negative ? -total.minor() : total.minor(), wholes);
  } else {
    units = UnitsByRatios(total, negative, weights, sum);
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    parts[i] = Money::FromMinor(static_cast<std::int64_t>(negative ? -units[i] : units[i]),
                                total.currency());
  }
  return parts;
}

Result<std::vector<Money>> Allocate(Money total, std::span<const Decimal> weights) {
  return Allocate(total, std::span<const Ratio>(AsRatios(weights)));
}

Result<std::vector<Money>> Allocate(Money total, std::span<const Money> weights) {
  return Allocate(total, std::span<const Ratio>(AsRatios(weights)));
}

Result<std::vector<Money>> Split(Money total, std::span<const Ratio> weights, SplitPolicy policy,
                                 Rounding rounding) {
  ASSIGN_OR_RETURN(const Ratio sum, TotalWeight(total, weights));
  std::vector<Money> parts(weights.size(), Money::Zero(total.currency()));
  if (sum.IsZero()) return parts;
  const Ratio amount = total.ToRatio();
  Ratio weight_so_far;
  Money split_so_far = Money::Zero(total.currency());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weight_so_far += weights[i];
    const bool last = i + 1 == weights.size();
    if (last) {
      parts[i] = total - split_so_far;
    } else if (policy == SplitPolicy::kCumulative) {
      ASSIGN_OR_RETURN(const Money cumulative,
                       Round(amount * weight_so_far / sum, total.currency(), rounding));
      parts[i] = cumulative - split_so_far;
    } else {
      ASSIGN_OR_RETURN(parts[i], Round(amount * weights[i] / sum, total.currency(), rounding));
    }
    split_so_far += parts[i];
  }
  return parts;
}

Result<std::vector<Money>> SplitEvenly(Money total, std::size_t parts, SplitPolicy policy,
                                       Rounding rounding) {
  const std::vector<Ratio> weights(parts, Ratio(1));
  return Split(total, weights, policy, rounding);
}

}  // namespace continuo::money
