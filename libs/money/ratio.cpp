#include "libs/money/ratio.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>

namespace continuo::money {

using Integer = boost::multiprecision::cpp_int;
using Unsigned128 = unsigned __int128;

struct Ratio::Wide {
  Integer numerator;
  Integer denominator;  // > 0; lowest terms
};

namespace {

constexpr std::int64_t kPowers[] = {1,
                                    10,
                                    100,
                                    1'000,
                                    10'000,
                                    100'000,
                                    1'000'000,
                                    10'000'000,
                                    100'000'000,
                                    1'000'000'000,
                                    10'000'000'000,
                                    100'000'000'000,
                                    1'000'000'000'000,
                                    10'000'000'000'000,
                                    100'000'000'000'000,
                                    1'000'000'000'000'000,
                                    10'000'000'000'000'000,
                                    100'000'000'000'000'000,
                                    1'000'000'000'000'000'000};

Unsigned128 Magnitude(__int128 value) {
  return value < 0 ? -static_cast<Unsigned128>(value) : static_cast<Unsigned128>(value);
}

Unsigned128 Gcd(Unsigned128 a, Unsigned128 b) {
  while (b != 0) {
    if ((a >> 64) == 0 && (b >> 64) == 0) {
      return std::gcd(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b));
    }
    const Unsigned128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// By halves, because Boost's own conversions of __int128 depend on the language mode.
Integer Widen(__int128 value) {
  const Unsigned128 magnitude = Magnitude(value);
  Integer wide = static_cast<std::uint64_t>(magnitude >> 64);
  wide <<= 64;
  wide += static_cast<std::uint64_t>(magnitude);
  return value < 0 ? Integer(-wide) : wide;
}

bool Narrow(const Integer& wide, __int128* value) {
  const Integer magnitude = abs(wide);
  if (magnitude != 0 && msb(magnitude) >= 127) return false;
  const auto high = static_cast<std::uint64_t>(magnitude >> 64);
  const auto low = static_cast<std::uint64_t>(magnitude & ~std::uint64_t{0});
  const auto narrow = static_cast<__int128>(static_cast<Unsigned128>(high) << 64 | low);
  *value = wide < 0 ? -narrow : narrow;
  return true;
}

// Division with a positive divisor, rounded: the same story for both widths.
template <class Int>
Int RoundedQuotient(const Int& numerator, const Int& denominator, Rounding rounding) {
  Int quotient = numerator / denominator;
  const Int rest = numerator % denominator;
  if (rest == 0) return quotient;
  const bool negative = numerator < 0;
  const Int size = negative ? Int(-rest) : rest;
  const Int gap = denominator - size;  // compared instead of doubling, which could overflow
  bool away = false;
  switch (rounding) {
    case Rounding::kHalfUp:
      away = size >= gap;
      break;
    case Rounding::kHalfDown:
      away = size > gap;
      break;
    case Rounding::kHalfEven:
      away = size > gap || (size == gap && quotient % 2 != 0);
      break;
    case Rounding::kUp:
      away = true;
      break;
    case Rounding::kDown:
      away = false;
      break;
    case Rounding::kCeiling:
      away = !negative;
      break;
    case Rounding::kFloor:
      away = negative;
      break;
  }
  if (away) quotient += negative ? -1 : 1;
  return quotient;
}

}  // namespace

// The two widths of a ratio's parts, and the way between them.
struct RatioParts {
  static Integer Numerator(const Ratio& r) {
    return r.wide_ ? r.wide_->numerator : Integer(r.numerator_);
  }
  static Integer Denominator(const Ratio& r) {
    return r.wide_ ? r.wide_->denominator : Integer(r.denominator_);
  }

  static Ratio FromWide(Integer numerator, Integer denominator) {
    assert(denominator != 0);
    if (denominator < 0) {
      numerator = -numerator;
      denominator = -denominator;
    }
    const Integer divisor = gcd(numerator, denominator);
    if (divisor > 1) {
      numerator /= divisor;
      denominator /= divisor;
    }
    if (abs(numerator) < Ratio::kSmall && denominator < Ratio::kSmall) {
      return Ratio(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
    }
    Ratio ratio;
    ratio.wide_ = std::make_shared<const Ratio::Wide>(
        Ratio::Wide{std::move(numerator), std::move(denominator)});
    return ratio;
  }
};

Ratio Ratio::Reduced(__int128 numerator, __int128 denominator) {
  assert(denominator != 0);
  const Unsigned128 divisor = Gcd(Magnitude(numerator), Magnitude(denominator));
  const Unsigned128 top = Magnitude(numerator) / divisor;
  const Unsigned128 bottom = Magnitude(denominator) / divisor;
  if (top >= kSmall || bottom >= kSmall) {
    return RatioParts::FromWide(Widen(numerator), Widen(denominator));
  }
  const bool negative = (numerator < 0) != (denominator < 0);
  const auto signed_top = static_cast<std::int64_t>(top);
  return Ratio(negative ? -signed_top : signed_top, static_cast<std::int64_t>(bottom));
}

Ratio Ratio::WideSum(const Ratio& a, const Ratio& b) {
  const Integer a_denominator = RatioParts::Denominator(a);
  const Integer b_denominator = RatioParts::Denominator(b);
  return RatioParts::FromWide(
      RatioParts::Numerator(a) * b_denominator + RatioParts::Numerator(b) * a_denominator,
      a_denominator * b_denominator);
}

Ratio Ratio::WideProduct(const Ratio& a, const Ratio& b) {
  return RatioParts::FromWide(RatioParts::Numerator(a) * RatioParts::Numerator(b),
                              RatioParts::Denominator(a) * RatioParts::Denominator(b));
}

Ratio Ratio::WideQuotient(const Ratio& a, const Ratio& b) {
  return RatioParts::FromWide(RatioParts::Numerator(a) * RatioParts::Denominator(b),
                              RatioParts::Denominator(a) * RatioParts::Numerator(b));
}

std::strong_ordering Ratio::WideOrder(const Ratio& a, const Ratio& b) {
  const Integer left = RatioParts::Numerator(a) * RatioParts::Denominator(b);
  const Integer right = RatioParts::Numerator(b) * RatioParts::Denominator(a);
  const int order = left.compare(right);
  return order <=> 0;
}

int Ratio::WideSign() const { return wide_->numerator.sign(); }

bool Ratio::Scaled(int places, Rounding rounding, __int128 limit, __int128* scaled) const {
  const std::int64_t power = kPowers[places];
  std::int64_t narrow;
  if (!wide_ && !__builtin_mul_overflow(numerator_, power, &narrow)) {
    *scaled = RoundedQuotient(narrow, denominator_, rounding);
  } else if (!wide_) {
    *scaled = RoundedQuotient<__int128>(Whole(numerator_) * power, denominator_, rounding);
  } else {
    const Integer quotient = RoundedQuotient<Integer>(
        wide_->numerator * power, wide_->denominator, rounding);
    if (!Narrow(quotient, scaled)) return false;
  }
  return *scaled <= limit && *scaled >= -limit;
}

std::string Ratio::ToString() const {
  if (wide_) return wide_->numerator.str() + "/" + wide_->denominator.str();
  const std::int64_t divisor = std::gcd(numerator_, denominator_);
  return std::to_string(numerator_ / divisor) + "/" + std::to_string(denominator_ / divisor);
}

}  // namespace continuo::money
