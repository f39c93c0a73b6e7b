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

Result<std::vector<RateTax>> TaxByRate(std::span<const TaxableLine> lines) {
  std::map<std::pair<std::string, Decimal>, Money> bases;
  for (const TaxableLine& line : lines) {
    const auto [entry, inserted] = bases.try_emplace({line.tax_code, line.rate}, line.net);
    if (inserted) continue;
    ASSIGN_OR_RETURN(entry->second, money::Add(entry->second, line.net));
  }
  std::vector<RateTax> taxes;
  for (const auto& [key, base] : bases) {
    ASSIGN_OR_RETURN(const Money tax, TaxOn(base, key.second));
    taxes.push_back({.tax_code = key.first, .rate = key.second, .base = base, .tax = tax});
  }
  return taxes;
}

}  // namespace continuo::billing::domain
