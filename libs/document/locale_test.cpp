#include "libs/document/locale.h"

#include <rapidcheck.h>

#include "libs/testing/catch/catch.h"

namespace continuo::document {
namespace {

using money::Money;

// Spaces made visible: ~ does not break, ^ is narrow and does not break either.
std::string Shown(std::string text) {
  for (const auto& [space, sign] : {std::pair("\u00a0", "~"), std::pair("\u202f", "^")}) {
    for (size_t at; (at = text.find(space)) != std::string::npos;) {
      text.replace(at, std::string(space).size(), sign);
    }
  }
  return text;
}

Money Amount(const char* text, const char* currency) { return Money::Parse(text, currency).value(); }

// Each row as `new Intl.NumberFormat(locale, {style: "currency", currency})` of Node 20 (ICU 72)
// writes it.
TEST_CASE("an amount is written as its readers write it") {
  struct Row {
    const char *tag, *amount, *currency, *symbol, *code;
  };
  const auto row = GENERATE(
      Row{"en", "1234567.50", "EUR", "€1,234,567.50", "EUR~1,234,567.50"},
      Row{"en", "-1234.50", "USD", "-$1,234.50", "-USD~1,234.50"},
      Row{"en", "-1234.50", "SEK", "-SEK~1,234.50", "-SEK~1,234.50"},
      Row{"en-GB", "1234.50", "USD", "US$1,234.50", "USD~1,234.50"},
      Row{"de", "1234567.50", "EUR", "1.234.567,50~€", "1.234.567,50~EUR"},
      Row{"de", "-1234567", "JPY", "-1.234.567~¥", "-1.234.567~JPY"},
      Row{"de-AT", "0.05", "EUR", "0,05~€", "0,05~EUR"},
      Row{"fr", "1234567.50", "EUR", "1^234^567,50~€", "1^234^567,50~EUR"},
      Row{"fr", "-1234.50", "USD", "-1^234,50~$US", "-1^234,50~USD"},
      Row{"fr", "1234", "JPY", "1^234~JPY", "1^234~JPY"},
      Row{"es", "1234.50", "EUR", "1234,50~€", "1234,50~EUR"},
      Row{"es", "12345.50", "EUR", "12.345,50~€", "12.345,50~EUR"},
      Row{"es", "12345.50", "GBP", "12.345,50~GBP", "12.345,50~GBP"},
      Row{"nl", "1234.50", "EUR", "€~1.234,50", "EUR~1.234,50"},
      Row{"nl", "-1234567.50", "EUR", "€~-1.234.567,50", "EUR~-1.234.567,50"},
      Row{"de", "1.500", "KWD", "1,500~KWD", "1,500~KWD"});
  INFO(row.tag << " " << row.amount << " " << row.currency);
  const Locale* locale = FindLocale(row.tag);
  REQUIRE(locale != nullptr);
  const Money amount = Amount(row.amount, row.currency);
  CHECK(Shown(FormatMoney(amount, *locale, CurrencyDisplay::kSymbol)) == row.symbol);
  CHECK(Shown(FormatMoney(amount, *locale, CurrencyDisplay::kCode)) == row.code);
}

TEST_CASE("dates, numbers and percentages too") {
  struct Row {
    const char *tag, *date, *number, *percent;
  };
  const auto row = GENERATE(Row{"en", "March 1, 2026", "12,345.125", "12.5%"},
                            Row{"en-GB", "1 March 2026", "12,345.125", "12.5%"},
                            Row{"de", "1. März 2026", "12.345,125", "12,5~%"},
                            Row{"fr", "1 mars 2026", "12^345,125", "12,5~%"},
                            Row{"es", "1 de marzo de 2026", "12.345,125", "12,5~%"},
                            Row{"nl", "1 maart 2026", "12.345,125", "12,5%"});
  INFO(row.tag);
  const Locale& locale = *FindLocale(row.tag);
  CHECK(FormatDate(calendar::Date(2026, 3, 1), locale) == row.date);
  CHECK(Shown(FormatDecimal(money::Decimal::Parse("12345.125").value(), locale)) == row.number);
  CHECK(Shown(FormatPercent(money::Decimal::Parse("12.5").value(), locale)) == row.percent);
}

TEST_CASE("a language that documents do not come in is told by its absence") {
  CHECK(FindLocale("pt") == nullptr);
  CHECK(FindLocale("") == nullptr);
  CHECK(FindLocale("de-CH-1996") == FindLocale("de"));
  CHECK(LocaleTags().size() == 6);
}

TEST_CASE("no digit is lost, whatever the amount") {
  rc::check([](int64_t minor) {
    const Money amount = Money::FromMinor(minor % Money::kMaxMinor, Amount("0", "EUR").currency());
    const auto digits = [](const std::string& text) {
      std::string kept;
      for (const char c : text) {
        if ((c >= '0' && c <= '9') || c == '-') kept += c;
      }
      return kept;
    };
    for (const std::string& tag : LocaleTags()) {
      const std::string shown = FormatMoney(amount, *FindLocale(tag), CurrencyDisplay::kCode);
      RC_ASSERT(digits(shown) == digits(amount.AmountText()));
    }
  });
}

}  // namespace
}  // namespace continuo::document
