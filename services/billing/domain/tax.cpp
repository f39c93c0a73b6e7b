#include "services/billing/domain/tax.h"

#include <map>

namespace continuo::billing::domain {

using money::Decimal;
using money::Money;

Result<Decimal> FindTaxRate(std::span<const TaxRate> rates, const TaxRequest& request) {
  const TaxRate* newest = nullptr;
  for (const TaxRate& rate : rates) {
    if (rate.country != request.country || rate.customer_country != request.customer_country ||
        rate.tax_code != request.tax_code || rate.valid_from > request.tax_point) {
      continue;
    }
    if (newest == nullptr || newest->valid_from < rate.valid_from) newest = &rate;
  }
  if (newest != nullptr) return newest->rate;
  return FailedPrecondition(
      "TAX_RATE_MISSING",
      "No tax rate of " + request.country + " for customers in " + request.customer_country +
          " and the tax code '" + request.tax_code + "' holds on " + request.tax_point.ToString() +
          ". Enter it under /v1/tax_rates and run again.",
      {{"country", request.country},
       {"customer_country", request.customer_country},
       {"tax_code", request.tax_code},
       {"tax_point", request.tax_point.ToString()}});
}

Result<Money> TaxOn(Money base, Decimal rate) { return money::PercentOf(base, rate); }

Result<std::vector<RateTax>> TaxByRate(std::span<const TaxableLine> lines, TaxRounding rounding) {
  std::map<std::pair<std::string, Decimal>, RateTax> by_rate;
  for (const TaxableLine& line : lines) {
    const Money zero = Money::Zero(line.net.currency());
    RateTax& sum = by_rate
                       .try_emplace({line.tax_code, line.rate},
                                    RateTax{line.tax_code, line.rate, zero, zero})
                       .first->second;
    ASSIGN_OR_RETURN(sum.base, money::Add(sum.base, line.net));
    if (rounding == TaxRounding::kPerRate) continue;
    ASSIGN_OR_RETURN(const Money tax, TaxOn(line.net, line.rate));
    ASSIGN_OR_RETURN(sum.tax, money::Add(sum.tax, tax));
  }
  std::vector<RateTax> taxes;
  for (auto& [key, sum] : by_rate) {
    if (rounding == TaxRounding::kPerRate) {
      ASSIGN_OR_RETURN(sum.tax, TaxOn(sum.base, sum.rate));
    }
    taxes.push_back(std::move(sum));
  }
  return taxes;
}

}  // namespace continuo::billing::domain
