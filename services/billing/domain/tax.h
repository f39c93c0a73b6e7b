// The default tax determination, from a table, and the tax of a document.
//
//   FindTaxRate(rates, {.country = "DE", .customer_country = "DE", .tax_code = "standard",
//                       .tax_point = Date(2026, 3, 1)})         == 19
//   TaxByRate({{"standard", 19, 10.01 EUR}, {"standard", 19, 10.01 EUR}})
//       == {{"standard", 19, base 20.02 EUR, tax 3.80 EUR}}     // once, on the sum: not 2 x 1.90
//
// The table decides: there is no built-in rule for customers abroad, whose rate is a row of its
// own.
// It does not know places of supply, exemptions, or tax numbers; a determination service would
// replace FindTaxRate and leave the rest as it is.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::billing::domain {

// What a product without a tax code is taxed as.
inline constexpr std::string_view kStandardTaxCode = "standard";

struct TaxRate {
  std::string country;           // the seller's
  std::string customer_country;  // the same for domestic sales
  std::string tax_code;
  money::Decimal rate;        // percent
  calendar::Date valid_from;  // until the next row of the same countries and code
};

struct TaxRequest {
  std::string country;
  std::string customer_country;
  std::string tax_code;
  calendar::Date tax_point;
};

// TAX_RATE_MISSING where no row holds on the tax point.
Result<money::Decimal> FindTaxRate(std::span<const TaxRate> rates, const TaxRequest& request);

struct TaxableLine {
  std::string tax_code;
  money::Decimal rate;
  money::Money net;
};

struct RateTax {
  std::string tax_code;
  money::Decimal rate;
  money::Money base;
  money::Money tax;

  friend bool operator==(const RateTax&, const RateTax&) = default;
};

// The tax of one rate on a base, half up to the currency's minor unit.
Result<money::Money> TaxOn(money::Money base, money::Decimal rate);

// Where tax is rounded; invoices round per rate.
enum class TaxRounding {
  kPerRate,  // once, on the sum of the lines
  kPerLine,  // each line by itself: the tax is the sum of what the lines show
};

// One for each tax code and rate, in that order.
Result<std::vector<RateTax>> TaxByRate(std::span<const TaxableLine> lines,
                                       TaxRounding rounding = TaxRounding::kPerRate);

}  // namespace continuo::billing::domain
