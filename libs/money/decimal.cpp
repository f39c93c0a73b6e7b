#include "libs/money/decimal.h"

#include <cassert>

namespace continuo::money {
namespace {

constexpr __int128 kParsedLimit =
    static_cast<__int128>(999'999'999'999'999'999) * Decimal::kScale + (Decimal::kScale - 1);

Failure NotADecimal(std::string_view text) {
  const std::string shown(text.substr(0, 64));
  return Invalid("", "INVALID_DECIMAL",
                 "'" + shown +
                     "' is not a decimal number. Write at most 18 digits, then at most 8 after a "
                     "point, as in \"1234.5\".");
}

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Decimal> Decimal::Parse(std::string_view text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  const std::size_t point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  const bool has_places = point != std::string_view::npos;
  const std::string_view places = has_places ? rest.substr(point + 1) : std::string_view();
  if (!IsDigits(whole) || whole.size() > kMaxIntegerDigits) return NotADecimal(text);
  if (whole.size() > 1 && whole[0] == '0') return NotADecimal(text);
  if (has_places && (!IsDigits(places) || places.size() > kPlaces)) return NotADecimal(text);
  __int128 scaled = 0;
  for (const char digit : whole) scaled = scaled * 10 + (digit - '0');
  for (std::size_t i = 0; i < kPlaces; ++i) {
    scaled = scaled * 10 + (i < places.size() ? places[i] - '0' : 0);
  }
  return FromScaled(negative ? -scaled : scaled);
}

std::string Decimal::ToString() const {
  unsigned __int128 magnitude = scaled_;
  if (scaled_ < 0) magnitude = -magnitude;
  std::string reversed;
  int place = 0;
  for (; place < kPlaces; ++place) {
    const char digit = static_cast<char>('0' + static_cast<int>(magnitude % 10));
    magnitude /= 10;
    if (digit != '0' || !reversed.empty()) reversed += digit;
  }
  if (!reversed.empty()) reversed += '.';
  do {
    reversed += static_cast<char>('0' + static_cast<int>(magnitude % 10));
    magnitude /= 10;
  } while (magnitude != 0);
  if (scaled_ < 0) reversed += '-';
  return std::string(reversed.rbegin(), reversed.rend());
}

Result<Decimal> RoundToDecimal(const Ratio& exact, int places, Rounding rounding) {
  assert(places >= 0 && places <= Decimal::kPlaces);
  __int128 scaled;
  if (!exact.Scaled(places, rounding, kParsedLimit, &scaled)) {
    return FailedPrecondition("NUMBER_OUT_OF_RANGE",
                              "A calculated number has more than 18 digits before the point. Use "
                              "smaller quantities or prices.");
  }
  for (int place = places; place < Decimal::kPlaces; ++place) {
    scaled *= 10;
    if (scaled > kParsedLimit || scaled < -kParsedLimit) {
      return FailedPrecondition("NUMBER_OUT_OF_RANGE",
                                "A calculated number has more than 18 digits before the point. Use "
                                "smaller quantities or prices.");
    }
  }
  return Decimal::FromScaled(scaled);
}

}  // namespace continuo::money
