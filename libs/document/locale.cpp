#include "libs/document/locale.h"

#include <algorithm>
#include <array>

#include "libs/document/blocks.h"

namespace continuo::document {
namespace {

constexpr char kNoBreak[] = "\u00a0";
constexpr char kNarrow[] = "\u202f";

using Months = std::array<const char*, 12>;

constexpr Months kEnglish{"January", "February", "March",     "April",   "May",      "June",
                          "July",    "August",   "September", "October", "November", "December"};
constexpr Months kGerman{"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                         "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
constexpr Months kSpanish{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                          "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr Months kFrench{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                         "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
constexpr Months kDutch{"januari", "februari", "maart",     "april",   "mei",      "juni",
                        "juli",    "augustus", "september", "oktober", "november", "december"};

}  // namespace

struct Locale {
  const char* tag;
  const char* point;
  const char* group;
  size_t grouped_from;        // digits before the point, from which on they are grouped
  bool currency_first;
  bool currency_apart;        // a space between symbol and amount
  bool sign_at_amount;        // "€ -5.00" rather than "-€ 5.00"
  const char* percent_space;
  const char* date;           // {0} day, {1} month, {2} year
  const Months& months;
  const char *euro, *dollar, *pound, *yen;  // null: by its code
};

namespace {

constexpr Locale kLocales[] = {
    {"en", ".", ",", 4, true, false, false, "", "{1} {0}, {2}", kEnglish, "€", "$", "£", "¥"},
    {"en-GB", ".", ",", 4, true, false, false, "", "{0} {1} {2}", kEnglish, "€", "US$", "£", "JP¥"},
    {"de", ",", ".", 4, false, true, true, kNoBreak, "{0}. {1} {2}", kGerman, "€", "$", "£", "¥"},
    {"es", ",", ".", 5, false, true, true, kNoBreak, "{0} de {1} de {2}", kSpanish, "€", "US$",
     nullptr, nullptr},
    {"fr", ",", kNarrow, 4, false, true, true, kNoBreak, "{0} {1} {2}", kFrench, "€", "$US", "£GB",
     nullptr},
    {"nl", ",", ".", 4, true, true, true, "", "{0} {1} {2}", kDutch, "€", "US$", "£", "JP¥"},
};

std::string Grouped(const std::string& digits, const Locale& locale) {
  if (digits.size() < locale.grouped_from) return digits;
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += locale.group;
    out += digits[i];
  }
  return out;
}

struct Parts {
  bool negative;
  std::string number;  // without its sign
};

// "-1234.50" -> {true, "1.234,50"}
Parts Written(std::string text, const Locale& locale) {
  const bool negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  const size_t point = text.find('.');
  std::string number = Grouped(text.substr(0, point), locale);
  if (point != std::string::npos) number += locale.point + text.substr(point + 1);
  return {negative, number};
}

std::string SymbolOf(money::Currency currency, const Locale& locale, CurrencyDisplay display) {
  const std::string code = currency.ToString();
  if (display == CurrencyDisplay::kCode) return code;
  const char* symbol = code == "EUR"   ? locale.euro
                       : code == "USD" ? locale.dollar
                       : code == "GBP" ? locale.pound
                       : code == "JPY" ? locale.yen
                                       : nullptr;
  return symbol == nullptr ? code : symbol;
}

}  // namespace

const Locale* FindLocale(std::string_view tag) {
  const auto exact = std::find_if(std::begin(kLocales), std::end(kLocales),
                                  [&](const Locale& one) { return one.tag == tag; });
  if (exact != std::end(kLocales)) return exact;
  const auto dash = tag.find('-');
  return dash == std::string_view::npos ? nullptr : FindLocale(tag.substr(0, dash));
}

std::string TagOf(const Locale& locale) { return locale.tag; }

std::vector<std::string> LocaleTags() {
  std::vector<std::string> tags;
  for (const Locale& one : kLocales) tags.push_back(one.tag);
  return tags;
}

std::string FormatMoney(const money::Money& amount, const Locale& locale, CurrencyDisplay display) {
  const Parts parts = Written(amount.AmountText(), locale);
  const std::string symbol = SymbolOf(amount.currency(), locale, display);
  const std::string sign = parts.negative ? "-" : "";
  if (!locale.currency_first) return sign + parts.number + kNoBreak + symbol;
  // A code is letters, which do not stand against a figure.
  const bool apart = locale.currency_apart || symbol == amount.currency().code();
  const std::string space = apart ? kNoBreak : "";
  if (locale.sign_at_amount) return symbol + space + sign + parts.number;
  return sign + symbol + space + parts.number;
}

std::string FormatDecimal(const money::Decimal& number, const Locale& locale) {
  const Parts parts = Written(number.ToString(), locale);
  return (parts.negative ? "-" : "") + parts.number;
}

std::string FormatPercent(const money::Decimal& percent, const Locale& locale) {
  return FormatDecimal(percent, locale) + locale.percent_space + "%";
}

std::string FormatDate(calendar::Date date, const Locale& locale) {
  return Filled(locale.date, {std::to_string(date.day()), locale.months[date.month() - 1],
                              std::to_string(date.year())});
}

}  // namespace continuo::document
