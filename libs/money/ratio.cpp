#include "libs/money/ratio.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <cassert>
#include <numeric>

namespace continuo::money {

using Integer = boost::multiprecision::cpp_int;
using Unsigned128 = unsigned __int128;

struct Ratio::Wide {
  Integer numerator;
  Integer denominator;  // > 0; lowest terms
};

namespace {

constexpr Unsigned128 kMaxMagnitude = ~Unsigned128{0} >> 1;

// Parts below this are kept as they come: reducing costs more than all else, and what is computed
// from two such ratios fits 128 bits.
constexpr __int128 kSmall = __int128{1} << 62;

bool IsSmall(__int128 numerator, __int128 denominator) {
  return numerator < kSmall && numerator > -kSmall && denominator < kSmall;
}

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
    return r.wide_ ? r.wide_->numerator : Widen(r.numerator_);
  }
  static Integer Denominator(const Ratio& r) {
    return r.wide_ ? r.wide_->denominator : Widen(r.denominator_);
  }
  static bool IsNarrow(const Ratio& a, const Ratio& b) { return !a.wide_ && !b.wide_; }

  // In lowest terms already or small, and the denominator is positive.
  static Ratio AsIs(__int128 numerator, __int128 denominator) {
    Ratio ratio;
    ratio.numerator_ = numerator;
    ratio.denominator_ = denominator;
    return ratio;
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
    Ratio ratio;
    if (Narrow(numerator, &ratio.numerator_) && Narrow(denominator, &ratio.denominator_)) {
      return ratio;
    }
    ratio.numerator_ = 0;
    ratio.denominator_ = 1;
    ratio.wide_ = std::make_shared<const Ratio::Wide>(
        Ratio::Wide{std::move(numerator), std::move(denominator)});
    return ratio;
  }
};

Ratio Ratio::Of(__int128 numerator, __int128 denominator) {
  assert(denominator != 0);
  if (denominator > 0 && IsSmall(numerator, denominator)) {
    return RatioParts::AsIs(numerator, denominator);
  }
  const Unsigned128 divisor = Gcd(Magnitude(numerator), Magnitude(denominator));
  const Unsigned128 top = Magnitude(numerator) / divisor;
  const Unsigned128 bottom = Magnitude(denominator) / divisor;
  if (top > kMaxMagnitude || bottom > kMaxMagnitude) {
    return RatioParts::FromWide(Widen(numerator), Widen(denominator));
  }
  const bool negative = (numerator < 0) != (denominator < 0);
  const auto signed_top = static_cast<__int128>(top);
  return RatioParts::AsIs(negative ? -signed_top : signed_top, static_cast<__int128>(bottom));
}

Ratio operator+(const Ratio& a, const Ratio& b) {
  if (RatioParts::IsNarrow(a, b)) {
    __int128 left, right, sum, denominator;
    if (a.denominator_ == b.denominator_) {
      if (!__builtin_add_overflow(a.numerator_, b.numerator_, &sum)) {
        return Ratio::Of(sum, a.denominator_);
      }
    } else if (!__builtin_mul_overflow(a.numerator_, b.denominator_, &left) &&
               !__builtin_mul_overflow(b.numerator_, a.denominator_, &right) &&
               !__builtin_add_overflow(left, right, &sum) &&
               !__builtin_mul_overflow(a.denominator_, b.denominator_, &denominator)) {
      return Ratio::Of(sum, denominator);
    }
  }
  const Integer a_denominator = RatioParts::Denominator(a);
  const Integer b_denominator = RatioParts::Denominator(b);
  return RatioParts::FromWide(
      RatioParts::Numerator(a) * b_denominator + RatioParts::Numerator(b) * a_denominator,
      a_denominator * b_denominator);
}

Ratio Ratio::operator-() const {
  if (wide_) return RatioParts::FromWide(-wide_->numerator, wide_->denominator);
  if (Magnitude(numerator_) > kMaxMagnitude) {
    return RatioParts::FromWide(-Widen(numerator_), Widen(denominator_));
  }
  return RatioParts::AsIs(-numerator_, denominator_);
}

Ratio operator-(const Ratio& a, const Ratio& b) { return a + -b; }

Ratio operator*(const Ratio& a, const Ratio& b) {
  if (RatioParts::IsNarrow(a, b)) {
    const bool small = IsSmall(a.numerator_, a.denominator_) &&
                       IsSmall(b.numerator_, b.denominator_);
    if (small) return Ratio::Of(a.numerator_ * b.numerator_, a.denominator_ * b.denominator_);
    // Crosswise reduction keeps the parts small and the product in lowest terms.
    const auto g = static_cast<__int128>(Gcd(Magnitude(a.numerator_), Magnitude(b.denominator_)));
    const auto h = static_cast<__int128>(Gcd(Magnitude(b.numerator_), Magnitude(a.denominator_)));
    __int128 numerator, denominator;
    if (!__builtin_mul_overflow(a.numerator_ / g, b.numerator_ / h, &numerator) &&
        !__builtin_mul_overflow(a.denominator_ / h, b.denominator_ / g, &denominator)) {
      return Ratio::Of(numerator, denominator);
    }
  }
  return RatioParts::FromWide(RatioParts::Numerator(a) * RatioParts::Numerator(b),
                              RatioParts::Denominator(a) * RatioParts::Denominator(b));
}

Ratio operator/(const Ratio& a, const Ratio& b) {
  assert(!b.IsZero());
  if (b.wide_) return a * RatioParts::FromWide(b.wide_->denominator, b.wide_->numerator);
  return a * Ratio::Of(b.denominator_, b.numerator_);
}

std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
  if (RatioParts::IsNarrow(a, b)) {
    __int128 left, right;
    if (!__builtin_mul_overflow(a.numerator_, b.denominator_, &left) &&
        !__builtin_mul_overflow(b.numerator_, a.denominator_, &right)) {
      return left <=> right;
    }
  }
  const Integer left = RatioParts::Numerator(a) * RatioParts::Denominator(b);
  const Integer right = RatioParts::Numerator(b) * RatioParts::Denominator(a);
  const int order = left.compare(right);
  return order <=> 0;
}

int Ratio::Sign() const {
  if (wide_) return wide_->numerator.sign();
  return (numerator_ > 0) - (numerator_ < 0);
}

bool Ratio::Scaled(int places, Rounding rounding, __int128 limit, __int128* scaled) const {
  __int128 power = 1;
  for (int i = 0; i < places; ++i) power *= 10;
  __int128 numerator;
  if (!wide_ && !__builtin_mul_overflow(numerator_, power, &numerator)) {
    *scaled = RoundedQuotient(numerator, denominator_, rounding);
  } else {
    const Integer quotient = RoundedQuotient<Integer>(RatioParts::Numerator(*this) * Widen(power),
                                                      RatioParts::Denominator(*this), rounding);
    if (!Narrow(quotient, scaled)) return false;
  }
  return *scaled <= limit && *scaled >= -limit;
}

bool Ratio::Small(std::int64_t* numerator, std::int64_t* denominator) const {
  if (wide_ || !IsSmall(numerator_, denominator_)) return false;
  *numerator = static_cast<std::int64_t>(numerator_);
  *denominator = static_cast<std::int64_t>(denominator_);
  return true;
}

std::string Ratio::ToString() const {
  if (!wide_ && IsSmall(numerator_, denominator_)) {
    const auto divisor = static_cast<__int128>(Gcd(Magnitude(numerator_), denominator_));
    const auto text = [](__int128 part) {
      return std::to_string(static_cast<std::int64_t>(part));
    };
    return text(numerator_ / divisor) + "/" + text(denominator_ / divisor);
  }
  return RatioParts::Numerator(*this).str() + "/" + RatioParts::Denominator(*this).str();
}

}  // namespace continuo::money
