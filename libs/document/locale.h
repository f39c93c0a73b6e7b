// How amounts, numbers, percentages and dates are written where a document is read.
//
//   const Locale& german = *FindLocale("de-AT");              // the language decides: "de"
//   FormatMoney(price, german, CurrencyDisplay::kSymbol)      // "1.234,50 €"
//   FormatDate(Date(2026, 3, 10), german)                     // "10. März 2026"
//
// The figures are the exact ones: nothing is rounded here. The table follows the Unicode CLDR (as
// Node's Intl writes it) for the languages that documents come in; others are refused by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/decimal.h"
#include "libs/money/money.h"

namespace continuo::document {

struct Locale;

enum class CurrencyDisplay { kSymbol, kCode };

// By its tag, or by the language that the tag begins with; null: none of ours.
const Locale* FindLocale(std::string_view tag);
std::string TagOf(const Locale& locale);
std::vector<std::string> LocaleTags();

std::string FormatMoney(const money::Money& amount, const Locale& locale, CurrencyDisplay display);
std::string FormatDecimal(const money::Decimal& number, const Locale& locale);
std::string FormatPercent(const money::Decimal& percent, const Locale& locale);
std::string FormatDate(calendar::Date date, const Locale& locale);

}  // namespace continuo::document
