// An amount on a document: whole minor units of one currency.
//
//   ASSIGN_OR_RETURN(const Money price, Money::Parse("19.95", "EUR"));
//   ASSIGN_OR_RETURN(const Money stub, Round(price.ToRatio() * Ratio::Of(8, 30),
//   price.currency())); stub.AmountText() == "5.32"
//
// Amounts that come from outside, or sums over many, go through Add, Subtract and Sum, which answer
// with a Fault when the currencies differ or the total leaves 64 bits. The operators are for
// amounts of one document, whose currencies are equal by construction: there a difference, like an
// overflow, is our own bug and asserts. A parsed or rounded amount has at most 15 digits of minor
// units, so that no 9,000 of them can overflow.
//
// There is no product of Money: calculate in Ratio, round once.
#pragma once

#include <cassert>
#include <compare>
#include <cstdint>
#include <functional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/money/currency.h"
#include "libs/money/decimal.h"
#include "libs/money/ratio.h"
#include "libs/money/rounding.h"
#include "libs/result/result.h"

namespace continuo::money {

class Money {
 public:
  static constexpr std::int64_t kMaxMinor = 999'999'999'999'999;

  constexpr Money() = default;  // nothing, of no currency
  static constexpr Money FromMinor(std::int64_t minor, Currency currency) {
    Money money;
    money.minor_ = minor;
    money.currency_ = currency;
    return money;
  }
  static constexpr Money Zero(Currency currency) { return FromMinor(0, currency); }

  // Refuses more places than the currency has ("1.005" EUR), even zeros.
  static Result<Money> Parse(std::string_view amount, Currency currency);
  static Result<Money> Parse(std::string_view amount, std::string_view currency_code);
  // With exactly the currency's places: "1234.50", "-0.05", "1200" for JPY.
  std::string AmountText() const;
  std::string ToString() const;  // "1234.50 EUR"

  constexpr std::int64_t minor() const { return minor_; }
  constexpr Currency currency() const { return currency_; }
  constexpr bool IsZero() const { return minor_ == 0; }
  constexpr int Sign() const { return (minor_ > 0) - (minor_ < 0); }
  Ratio ToRatio() const;  // in major units: 12.34
  Decimal ToDecimal() const;

  Money operator-() const { return Zero(currency_) - *this; }
  Money Absolute() const { return minor_ < 0 ? -*this : *this; }
  friend Money operator+(Money a, Money b) {
    Money sum = a;
    const bool overflow = __builtin_add_overflow(a.minor_, b.minor_, &sum.minor_);
    assert(a.currency_ == b.currency_ && !overflow);
    return static_cast<void>(overflow), sum;
  }
  friend Money operator-(Money a, Money b) {
    Money difference = a;
    const bool overflow = __builtin_sub_overflow(a.minor_, b.minor_, &difference.minor_);
    assert(a.currency_ == b.currency_ && !overflow);
    return static_cast<void>(overflow), difference;
  }
  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }

  // Equality tells currencies apart; an order between two currencies does not exist.
  friend constexpr bool operator==(const Money&, const Money&) = default;
  friend std::strong_ordering operator<=>(Money a, Money b) {
    assert(a.currency_ == b.currency_);
    return a.minor_ <=> b.minor_;
  }
  friend std::ostream& operator<<(std::ostream& out, Money m) { return out << m.ToString(); }

 private:
  std::int64_t minor_ = 0;
  Currency currency_;
};

Result<Money> Add(Money a, Money b);
Result<Money> Subtract(Money a, Money b);
// The sum over none is zero of `currency`.
Result<Money> Sum(std::span<const Money> amounts, Currency currency);

// The one rounding, at the document line: `exact` is in major units. A fault above 15 digits of
// minor units.
Result<Money> Round(const Ratio& exact, Currency currency, Rounding rounding = Rounding::kHalfUp);
// `rate` units of `to` for one of the amount's currency.
Result<Money> Convert(Money amount, const Ratio& rate, Currency to,
                      Rounding rounding = Rounding::kHalfUp);
// 12.5 percent of an amount, rounded.
Result<Money> PercentOf(Money amount, Decimal percent, Rounding rounding = Rounding::kHalfUp);

}  // namespace continuo::money

template <>
struct std::hash<continuo::money::Money> {
  std::size_t operator()(continuo::money::Money m) const noexcept {
    return std::hash<std::int64_t>{}(m.minor()) * 31 +
           std::hash<continuo::money::Currency>{}(m.currency());
  }
};
