// A currency of ISO 4217 and the number of places of its minor unit.
//
//   Currency::Parse("JPY").value().exponent() == 0
//   Currency::Parse("eur")                      // Fault: codes are upper case
//
// The table is the active list of 2026. Codes without a minor unit (gold, XDR, XXX, test codes) are
// refused: nothing is invoiced in them. A default-made Currency is none of these and equals only
// itself.
#pragma once

#include <array>
#include <compare>
#include <functional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "libs/result/result.h"

namespace continuo::money {

class Currency {
 public:
  constexpr Currency() = default;

  static Result<Currency> Parse(std::string_view code);
  static std::span<const Currency> All();

  constexpr std::string_view code() const { return {code_.data(), code_.size()}; }
  constexpr int exponent() const { return exponent_; }
  std::string ToString() const { return std::string(code()); }

  friend constexpr auto operator<=>(const Currency&, const Currency&) = default;
  friend std::ostream& operator<<(std::ostream& out, Currency c) { return out << c.code(); }

 private:
  friend struct CurrencyTable;
  constexpr Currency(const char* code, signed char exponent)
      : code_{code[0], code[1], code[2]}, exponent_(exponent) {}

  std::array<char, 3> code_{'X', 'X', 'X'};
  signed char exponent_ = 0;
};

}  // namespace continuo::money

template <>
struct std::hash<continuo::money::Currency> {
  std::size_t operator()(continuo::money::Currency c) const noexcept {
    return std::hash<std::string_view>{}(c.code());
  }
};
