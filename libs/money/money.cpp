#include "libs/money/money.h"

namespace continuo::money {
namespace {

std::int64_t MinorPerMajor(Currency currency) {
  std::int64_t units = 1;
  for (int place = 0; place < currency.exponent(); ++place) units *= 10;
  return units;
}

Failure CurrenciesDiffer(Currency a, Currency b) {
  return FailedPrecondition("CURRENCY_MISMATCH",
                            "Amounts in " + a.ToString() + " and " + b.ToString() +
                                " cannot be added. Convert one of them first.",
                            {{"currency", a.ToString()}, {"other_currency", b.ToString()}});
}

Failure AmountOutOfRange(Currency currency) {
  return FailedPrecondition(
      "AMOUNT_OUT_OF_RANGE",
      "An amount in " + currency.ToString() +
          " is larger than can be invoiced. Use smaller quantities or prices.",
      {{"currency", currency.ToString()}});
}

}  // namespace

Result<Money> Money::Parse(std::string_view amount, Currency currency) {
  ASSIGN_OR_RETURN(const Decimal decimal, Decimal::Parse(amount));
  const std::size_t point = amount.find('.');
  const std::size_t places = point == std::string_view::npos ? 0 : amount.size() - point - 1;
  if (places > static_cast<std::size_t>(currency.exponent())) {
    return Invalid("", "TOO_MANY_PLACES",
                   "'" + std::string(amount) + "' has more places than " + currency.ToString() +
                       " has. Write at most " + std::to_string(currency.exponent()) + ".");
  }
  const __int128 minor = decimal.scaled() * MinorPerMajor(currency) / Decimal::kScale;
  if (minor > kMaxMinor || minor < -kMaxMinor) {
    return Invalid("", "AMOUNT_OUT_OF_RANGE",
                   "'" + std::string(amount) +
                       "' is larger than can be invoiced. Use at most 15 digits in all.");
  }
  return FromMinor(static_cast<std::int64_t>(minor), currency);
}

Result<Money> Money::Parse(std::string_view amount, std::string_view currency_code) {
  ASSIGN_OR_RETURN(const Currency currency, Currency::Parse(currency_code));
  return Parse(amount, currency);
}

std::string Money::AmountText() const {
  const auto exponent = static_cast<std::size_t>(currency_.exponent());
  const bool negative = minor_ < 0;
  auto magnitude = static_cast<std::uint64_t>(minor_);
  if (negative) magnitude = -magnitude;
  std::string digits = std::to_string(magnitude);
  if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
  if (exponent > 0) digits.insert(digits.size() - exponent, 1, '.');
  return negative ? "-" + digits : digits;
}

std::string Money::ToString() const { return AmountText() + " " + currency_.ToString(); }

Ratio Money::ToRatio() const { return Ratio::Of(minor_, MinorPerMajor(currency_)); }

Decimal Money::ToDecimal() const {
  return Decimal::FromScaled(static_cast<__int128>(minor_) *
                             (Decimal::kScale / MinorPerMajor(currency_)));
}

Result<Money> Add(Money a, Money b) {
  if (a.currency() != b.currency()) return CurrenciesDiffer(a.currency(), b.currency());
  std::int64_t sum;
  if (__builtin_add_overflow(a.minor(), b.minor(), &sum)) return AmountOutOfRange(a.currency());
  return Money::FromMinor(sum, a.currency());
}

Result<Money> Subtract(Money a, Money b) {
  if (a.currency() != b.currency()) return CurrenciesDiffer(a.currency(), b.currency());
  std::int64_t difference;
  if (__builtin_sub_overflow(a.minor(), b.minor(), &difference)) {
    return AmountOutOfRange(a.currency());
  }
  return Money::FromMinor(difference, a.currency());
}

Result<Money> Sum(std::span<const Money> amounts, Currency currency) {
  Money total = Money::Zero(currency);
  for (const Money amount : amounts) {
    ASSIGN_OR_RETURN(total, Add(total, amount));
  }
  return total;
}

Result<Money> Round(const Ratio& exact, Currency currency, Rounding rounding) {
  __int128 minor;
  if (!exact.Scaled(currency.exponent(), rounding, Money::kMaxMinor, &minor)) {
    return AmountOutOfRange(currency);
  }
  return Money::FromMinor(static_cast<std::int64_t>(minor), currency);
}

Result<Money> Convert(Money amount, const Ratio& rate, Currency to, Rounding rounding) {
  return Round(amount.ToRatio() * rate, to, rounding);
}

Result<Money> PercentOf(Money amount, Decimal percent, Rounding rounding) {
  return Round(amount.ToRatio() * Percent(percent), amount.currency(), rounding);
}

}  // namespace continuo::money
