// An exact rational number: what an amount is between its inputs and its one rounding.
//
//   const Ratio share = Ratio(17) / 90;                    // 17 of the 90 days of a quarter
//   Round(Decimal(500) * share, eur)                       // 94.44 EUR, rounded once
//
// Every operation is exact, however long the chain: the common case stays in 128 bits, the rest
// moves to arbitrary precision by itself. It is no storage format and has no text of its own but
// for messages: round it to Money (money.h) or to a Decimal (decimal.h) to keep it.
#pragma once

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
  Ratio(T whole) : numerator_(whole) {}  // NOLINT: 3 is a ratio
  // numerator / denominator, both whole; the denominator is not zero.
  static Ratio Of(__int128 numerator, __int128 denominator);

  friend Ratio operator+(const Ratio& a, const Ratio& b);
  friend Ratio operator-(const Ratio& a, const Ratio& b);
  friend Ratio operator*(const Ratio& a, const Ratio& b);
  // Dividing by zero is a caller's bug and stops the program: guard first.
  friend Ratio operator/(const Ratio& a, const Ratio& b);
  Ratio operator-() const;
  Ratio& operator+=(const Ratio& other) { return *this = *this + other; }
  Ratio& operator*=(const Ratio& other) { return *this = *this * other; }
  Ratio& operator-=(const Ratio& other) { return *this = *this - other; }
  friend bool operator==(const Ratio& a, const Ratio& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b);

  int Sign() const;  // -1, 0, 1
  bool IsZero() const { return Sign() == 0; }
  Ratio Absolute() const { return Sign() < 0 ? -*this : *this; }

  // This times 10^places as a whole number; false when that does not fit `limit` in absolute value.
  bool Scaled(int places, Rounding rounding, __int128 limit, __int128* scaled) const;

  // Numerator and denominator, not always in lowest terms; false when they do not fit.
  bool Small(std::int64_t* numerator, std::int64_t* denominator) const;

  // "17/90", for messages and tests.
  std::string ToString() const;
  friend std::ostream& operator<<(std::ostream& out, const Ratio& r) { return out << r.ToString(); }

 private:
  friend struct RatioParts;
  struct Wide;  // arbitrary precision, only when 128 bits are not enough

  __int128 numerator_ = 0;
  __int128 denominator_ = 1;  // > 0; in lowest terms, or both parts are small
  std::shared_ptr<const Wide> wide_;
};

}  // namespace continuo::money
