#include "libs/money/allocation.h"

#include <algorithm>
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
  wholes->reserve(weights.size());
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
void GiveRest(std::size_t left, const std::vector<Fraction>& fractions,
              std::vector<std::int64_t>* units) {
  if (left == 0) return;
  std::vector<std::size_t> order(fractions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto before = [&](std::size_t a, std::size_t b) {
    return fractions[a] != fractions[b] ? fractions[a] > fractions[b] : a < b;
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(left);
  if (end != order.end()) std::nth_element(order.begin(), end, order.end(), before);
  for (auto next = order.begin(); next != end; ++next) ++(*units)[*next];
}

// Of `amount` units, not negative; the sum of the weights is above zero.
std::vector<std::int64_t> UnitsByWholes(std::int64_t amount, const std::vector<std::int64_t>& weights) {
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::vector<std::int64_t> units(weights.size());
  std::vector<std::int64_t> rests(weights.size());
  std::int64_t left = amount;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    std::int64_t product;
    if (!__builtin_mul_overflow(amount, weights[i], &product)) {
      units[i] = product / sum;
      rests[i] = product % sum;
    } else {
      const __int128 wide = static_cast<__int128>(amount) * weights[i];
      units[i] = static_cast<std::int64_t>(wide / sum);
      rests[i] = static_cast<std::int64_t>(wide - static_cast<__int128>(units[i]) * sum);
    }
    left -= units[i];
  }
  GiveRest(static_cast<std::size_t>(left), rests, &units);
  return units;
}

std::vector<std::int64_t> UnitsByRatios(const Ratio& amount, std::span<const Ratio> weights,
                                        const Ratio& sum) {
  std::vector<Ratio> fractions(weights.size());
  __int128 left = 0;
  amount.Scaled(0, Rounding::kFloor, __int128{1} << 64, &left);
  std::vector<std::int64_t> units(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Ratio share = amount * weights[i] / sum;
    __int128 whole = 0;
    share.Scaled(0, Rounding::kFloor, left, &whole);
    units[i] = static_cast<std::int64_t>(whole);
    fractions[i] = share - Ratio::Of(whole, 1);
    left -= whole;
  }
  GiveRest(static_cast<std::size_t>(left), fractions, &units);
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
  const std::vector<std::int64_t> units =
      whole_fits && AsWholes(weights, &wholes)
          ? UnitsByWholes(negative ? -total.minor() : total.minor(), wholes)
          : UnitsByRatios(Ratio(total.minor()).Absolute(), weights, sum);
  for (std::size_t i = 0; i < units.size(); ++i) {
    // Unsigned, so that the least number comes back as itself.
    const auto minus = static_cast<std::int64_t>(-static_cast<std::uint64_t>(units[i]));
    parts[i] = Money::FromMinor(negative ? minus : units[i], total.currency());
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
