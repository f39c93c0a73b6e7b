// An exact rational number: what an amount is between its inputs and its one rounding.
//
//   const Ratio share = Ratio(17) / 90;                    // 17 of the 90 days of a quarter
//   Round(Decimal(500) * share, eur)                       // 94.44 EUR, rounded once
//
// Every operation is exact, however long the chain: the common case stays in 62 bits, in line, and is
// reduced only when it would leave them; the rest moves to arbitrary precision by itself. It is no
// storage format and has no text of its own but for messages: round it to Money (money.h) or to a
// Decimal (decimal.h) to keep it.
#pragma once

#include <cassert>
#include <compare>
#include <concepts>
#include <cstdint>
#include <memory>
#include <ostream>
#include <string>

#include "libs/money/rounding.h"

namespace continuo::money {

class Ratio {
 public:
  Ratio() = default;
  template <std::integral T>
  Ratio(T whole) {  // NOLINT: 3 is a ratio
    if constexpr (sizeof(T) < sizeof(std::int64_t)) {
      numerator_ = whole;
    } else {
      *this = Of(whole, 1);
    }
  }
  // numerator / denominator, both whole; the denominator is not zero.
  static Ratio Of(__int128 numerator, __int128 denominator) {
    if (denominator > 0 && denominator < kSmall && IsSmall(numerator)) {
      return Ratio(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
    }
    return Reduced(numerator, denominator);
  }

  friend Ratio operator+(const Ratio& a, const Ratio& b) {
    if (a.wide_ || b.wide_) return WideSum(a, b);
    if (a.denominator_ == b.denominator_) return Of(Whole(a.numerator_) + b.numerator_, a.denominator_);
    return Of(Whole(a.numerator_) * b.denominator_ + Whole(b.numerator_) * a.denominator_,
              Whole(a.denominator_) * b.denominator_);
  }
  friend Ratio operator-(const Ratio& a, const Ratio& b) { return a + -b; }
  friend Ratio operator*(const Ratio& a, const Ratio& b) {
    if (a.wide_ || b.wide_) return WideProduct(a, b);
    return Of(Whole(a.numerator_) * b.numerator_, Whole(a.denominator_) * b.denominator_);
  }
  // Dividing by zero is a caller's bug and stops the program: guard first.
  friend Ratio operator/(const Ratio& a, const Ratio& b) {
    assert(!b.IsZero());
    if (a.wide_ || b.wide_) return WideQuotient(a, b);
    return Of(Whole(a.numerator_) * b.denominator_, Whole(a.denominator_) * b.numerator_);
  }
  Ratio operator-() const {
    if (wide_) return WideProduct(*this, Ratio(-1, 1));
    return Ratio(-numerator_, denominator_);
  }
  Ratio& operator+=(const Ratio& other) { return *this = *this + other; }
  Ratio& operator*=(const Ratio& other) { return *this = *this * other; }
  Ratio& operator-=(const Ratio& other) { return *this = *this - other; }
  friend bool operator==(const Ratio& a, const Ratio& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
    if (a.wide_ || b.wide_) return WideOrder(a, b);
    return Whole(a.numerator_) * b.denominator_ <=> Whole(b.numerator_) * a.denominator_;
  }

  int Sign() const {  // -1, 0, 1
    return wide_ ? WideSign() : (numerator_ > 0) - (numerator_ < 0);
  }
  bool IsZero() const { return Sign() == 0; }
  Ratio Absolute() const { return Sign() < 0 ? -*this : *this; }

  // This times 10^places as a whole number, 0 <= places <= 18; false when that does not fit `limit` in
  // absolute value.
  bool Scaled(int places, Rounding rounding, __int128 limit, __int128* scaled) const;

  // Numerator and denominator, not always in lowest terms; false when they do not fit.
  bool Small(std::int64_t* numerator, std::int64_t* denominator) const {
    if (wide_) return false;
    *numerator = numerator_;
    *denominator = denominator_;
    return true;
  }

  // "17/90", for messages and tests.
  std::string ToString() const;
  friend std::ostream& operator<<(std::ostream& out, const Ratio& r) { return out << r.ToString(); }

 private:
  friend struct RatioParts;
  struct Wide;  // arbitrary precision, only when the parts do not fit
  using Whole = __int128;

  // What is computed from two such ratios fits 128 bits.
  static constexpr std::int64_t kSmall = std::int64_t{1} << 62;
  static constexpr bool IsSmall(Whole part) { return part < kSmall && part > -kSmall; }

  Ratio(std::int64_t numerator, std::int64_t denominator)
      : numerator_(numerator), denominator_(denominator) {}
  static Ratio Reduced(Whole numerator, Whole denominator);
  static Ratio WideSum(const Ratio& a, const Ratio& b);
  static Ratio WideProduct(const Ratio& a, const Ratio& b);
  static Ratio WideQuotient(const Ratio& a, const Ratio& b);
  static std::strong_ordering WideOrder(const Ratio& a, const Ratio& b);
  int WideSign() const;

  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;  // > 0
  std::shared_ptr<const Wide> wide_;  // in place of both; lowest terms
};

}  // namespace continuo::money
