// A decimal number of at most eight places, kept exactly: unit prices, quantities, percentages,
// rates.
//
//   ASSIGN_OR_RETURN(const Decimal price, Decimal::Parse("0.00012500"));
//   price.ToString() == "0.000125"
//   price * quantity            // a Ratio: the product needs more places, and is still exact
//
// A parsed number has at most 18 digits before the point, which leaves sums a headroom of 10^12
// terms. There is no way in from, or out to, floating point.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "libs/money/ratio.h"
#include "libs/result/result.h"

namespace continuo::money {

class Decimal {
 public:
  static constexpr int kPlaces = 8;
  static constexpr std::int64_t kScale = 100'000'000;
  static constexpr int kMaxIntegerDigits = 18;

  constexpr Decimal() = default;
  template <std::integral T>
  constexpr Decimal(T whole)  // NOLINT: 3 is a decimal
      : scaled_(static_cast<__int128>(whole) * kScale) {}
  static constexpr Decimal FromScaled(__int128 scaled) {
    Decimal decimal;
    decimal.scaled_ = scaled;
    return decimal;
  }

  // Digits with an optional '-' and an optional point between digits: "12.50", "-0.1", never "+1",
  // "1e3", ".5", "007" or more than eight places.
  static Result<Decimal> Parse(std::string_view text);
  // Canonical: no trailing zeros, no "-0". Postgres reads it as numeric.
  std::string ToString() const;

  constexpr __int128 scaled() const { return scaled_; }  // the value times 10^8
  constexpr bool IsZero() const { return scaled_ == 0; }
  constexpr int Sign() const { return (scaled_ > 0) - (scaled_ < 0); }
  constexpr bool IsInteger() const { return scaled_ % kScale == 0; }
  Ratio ToRatio() const {
    // Most have two places or none: small parts stay small.
    if (scaled_ > INT64_MAX || scaled_ < INT64_MIN) return Ratio::Of(scaled_, kScale);
    const auto scaled = static_cast<std::int64_t>(scaled_);
    if (scaled % kScale == 0) return scaled / kScale;
    constexpr std::int64_t kCent = kScale / 100;
    return scaled % kCent == 0 ? Ratio::Of(scaled / kCent, 100) : Ratio::Of(scaled, kScale);
  }
  operator Ratio() const { return ToRatio(); }  // NOLINT: a decimal is a ratio

  friend constexpr Decimal operator+(Decimal a, Decimal b) {
    return FromScaled(a.scaled_ + b.scaled_);
  }
  friend constexpr Decimal operator-(Decimal a, Decimal b) {
    return FromScaled(a.scaled_ - b.scaled_);
  }
  friend Ratio operator*(Decimal a, Decimal b) { return a.ToRatio() * b.ToRatio(); }
  friend Ratio operator/(Decimal a, Decimal b) { return a.ToRatio() / b.ToRatio(); }
  constexpr Decimal operator-() const { return FromScaled(-scaled_); }
  constexpr Decimal& operator+=(Decimal other) { return *this = *this + other; }
  constexpr Decimal& operator-=(Decimal other) { return *this = *this - other; }
  friend constexpr bool operator==(Decimal a, Decimal b) { return a.scaled_ == b.scaled_; }
  friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) {
    return a.scaled_ <=> b.scaled_;
  }
  friend std::ostream& operator<<(std::ostream& out, Decimal d) { return out << d.ToString(); }

 private:
  __int128 scaled_ = 0;
};

// A fault when the value has more than 18 digits before the point. 0 <= places <= 8.
Result<Decimal> RoundToDecimal(const Ratio& exact, int places,
                               Rounding rounding = Rounding::kHalfUp);

// 12.5 percent is 1/8.
inline Ratio Percent(Decimal percent) { return percent.ToRatio() / 100; }
// What is left of 1 after a discount: Remaining(12.5) is 7/8.
inline Ratio RemainingAfter(Decimal discount_percent) {
  return Ratio(1) - Percent(discount_percent);
}

}  // namespace continuo::money

template <>
struct std::hash<continuo::money::Decimal> {
  std::size_t operator()(continuo::money::Decimal d) const noexcept {
    return std::hash<std::uint64_t>{}(static_cast<std::uint64_t>(d.scaled()) ^
                                      static_cast<std::uint64_t>(d.scaled() >> 64));
  }
};
