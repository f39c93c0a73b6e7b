#include "services/catalogue/domain/validate_product.h"

#include "services/catalogue/domain/validate_bundle.h"
#include "services/catalogue/domain/validate_pricing.h"

namespace continuo::catalogue::domain {
namespace {

std::string At(std::string_view list, size_t index, std::string_view field = "") {
  std::string pointer = std::string(list) + "/" + std::to_string(index);
  if (!field.empty()) pointer += "/" + std::string(field);
  return pointer;
}

class Checker {
 public:
  Checker(const Product& product, const Known& known) : product_(product), known_(known) {}

  Validation Check() {
    if (product_.kind == Kind::kBundle) {
      ValidateBundle(product_, known_, &validation_);
    } else {
      CheckIsNoBundle();
      RequireThat(product_.pricing.has_value(), "/pricing",
                  "Only a bundle goes without. Name model and prices.");
      if (product_.pricing) CheckPricing();
      CheckRevenue();
      CheckPurchases();
      CheckServiceLevels();
      Recurs(product_.kind) ? CheckRecurring() : CheckOneOff();
      if (product_.indexation) CheckIndexation(*product_.indexation);
    }
    CheckRelatives();
    CheckUnique(product_.proposal_locales, "/proposal", "locale");
    return std::move(validation_);
  }

 private:
  void Refuse(std::string pointer, std::string code, std::string detail) {
    validation_.violations.push_back({std::move(pointer), std::move(code), std::move(detail)});
  }
  void RefuseIf(bool wrong, std::string pointer, std::string detail) {
    if (wrong) Refuse(std::move(pointer), "NOT_ALLOWED", std::move(detail));
  }
  void RequireThat(bool present, std::string pointer, std::string detail) {
    if (!present) Refuse(std::move(pointer), "REQUIRED", std::move(detail));
  }

  void CheckUnique(const std::vector<std::string>& values, std::string_view list,
                   std::string_view field) {
    std::set<std::string> seen;
    for (size_t i = 0; i < values.size(); ++i) {
      if (seen.insert(values[i]).second) continue;
      Refuse(At(list, i, field), "DUPLICATE", values[i] + " is there twice. Leave one out.");
    }
  }

  void CheckIsNoBundle() {
    const char* only = "Only a bundle has it. Leave it out.";
    RefuseIf(!product_.components.empty(), "/components", only);
    RefuseIf(!product_.option_groups.empty(), "/option_groups", only);
    RefuseIf(product_.bundle_price.has_value(), "/bundle_price", only);
  }

  void CheckPricing() {
    ValidatePricing(product_, &validation_);
    std::vector<std::string> currencies;
    for (const CurrencyPrice& price : product_.pricing->prices) {
      currencies.push_back(price.currency);
    }
    CheckUnique(currencies, "/pricing/prices", "currency");
  }

  void CheckServiceLevels() {
    std::vector<std::string> codes;
    for (size_t i = 0; i < product_.service_levels.size(); ++i) {
      const ServiceLevel& level = product_.service_levels[i];
      codes.push_back(level.code);
      if (level.price_currencies.empty()) continue;
      const std::string prices = At("/service_levels", i, "prices");
      RefuseIf(level.has_factor, At("/service_levels", i, "factor"),
               "A level has a factor or prices. Leave one out.");
      CheckUnique(level.price_currencies, prices, "currency");
      for (size_t k = 0; k < level.price_currencies.size(); ++k) {
        CheckHasPriceIn(At(prices, k, "currency"), level.price_currencies[k]);
      }
      if (!product_.pricing) continue;
      for (const CurrencyPrice& price : product_.pricing->prices) {
        const auto& named = level.price_currencies;
        RequireThat(std::find(named.begin(), named.end(), price.currency) != named.end(), prices,
                    "The product has a price in " + price.currency +
                        "; name the level's price in it too.");
      }
    }
    CheckUnique(codes, "/service_levels", "code");
  }

  void CheckIndexation(const Indexation& indexation) {
    RefuseIf(!Recurs(product_.kind), "/indexation", "What is sold once keeps its price.");
    const char* series = "Only indexation by a series has it. Leave it out.";
    RequireThat(indexation.is_series || indexation.rate, "/indexation/rate_percent",
                "Name the per cent, for indexation at a fixed rate.");
    RefuseIf(indexation.is_series && indexation.rate, "/indexation/rate_percent",
             "A series has no rate of its own. Put what is added to it into margin_percent.");
    RequireThat(!indexation.is_series || indexation.has_series_code, "/indexation/series_code",
                "Name the index that the price follows.");
    RefuseIf(!indexation.is_series && indexation.has_series_code, "/indexation/series_code",
             series);
    RefuseIf(!indexation.is_series && indexation.has_mode, "/indexation/mode", series);
    RefuseIf(!indexation.is_series && indexation.margin, "/indexation/margin_percent", series);
    RefuseIf(!indexation.is_series && indexation.lag_months > 0, "/indexation/lag_months", series);
    if (indexation.cap && indexation.floor && *indexation.cap < *indexation.floor) {
      Refuse("/indexation/cap_percent", "OUT_OF_RANGE", "The cap is not below the floor.");
    }
  }

  void CheckRelatives() {
    for (size_t i = 0; i < product_.attached.size(); ++i) {
      CheckRelative(At("/attach", i, "product_id"), product_.attached[i]);
    }
    std::set<ids::ProductId> seen;
    for (size_t i = 0; i < product_.relations.size(); ++i) {
      const std::string pointer = At("/relations", i, "product_id");
      CheckRelative(pointer, product_.relations[i].product);
      if (seen.insert(product_.relations[i].product).second) continue;
      Refuse(pointer, "DUPLICATE", "The product is there twice. Leave one out.");
    }
  }

  void CheckRelative(const std::string& pointer, ids::ProductId other) {
    if (product_.id == other) return Refuse(pointer, "NOT_ALLOWED", "That is this product itself.");
    if (known_.products.contains(other)) return;
    Refuse(pointer, "REFERENCE_NOT_FOUND", "There is no such product. Check the id.");
  }

  void CheckRevenue() {
    RefuseIf(product_.has_ssp_range && product_.ssp_currencies.empty(), "/revenue/ssp_low_percent",
             "A range is around a standalone selling price. Name one in ssp.");
    if (product_.revenue_rule) {
      const bool at_once = *product_.revenue_rule == RevenueRule::kPointInTime;
      RefuseIf(at_once && Recurs(product_.kind), "/revenue/rule",
               "What recurs is earned over its service period. Name a straight-line rule.");
      RefuseIf(!at_once && !Recurs(product_.kind), "/revenue/rule",
               "A one-off has no service period to earn it over. Name point_in_time.");
    }
    CheckUnique(product_.ssp_currencies, "/revenue/ssp", "currency");
    for (size_t i = 0; i < product_.ssp_currencies.size(); ++i) {
      CheckHasPriceIn(At("/revenue/ssp", i, "currency"), product_.ssp_currencies[i]);
    }
  }

  void CheckHasPriceIn(const std::string& pointer, const std::string& currency) {
    if (HasPriceIn(currency)) return;
    Refuse(pointer, "NO_PRICE", "The product has no price in " + currency + ". Add one first.");
  }

  bool HasPriceIn(const std::string& currency) const {
    if (!product_.pricing) return false;
    for (const CurrencyPrice& price : product_.pricing->prices) {
      if (price.currency == currency) return true;
    }
    return false;
  }

  void CheckCostBands(const Purchase& purchase, const std::string& pointer) {
    for (size_t i = 1; i < purchase.band_starts.size(); ++i) {
      if (purchase.band_starts[i] > purchase.band_starts[i - 1]) continue;
      Refuse(pointer + "/" + std::to_string(i) + "/from", "NOT_ASCENDING",
             "Bands ascend: from must be above " + purchase.band_starts[i - 1].ToString() + ".");
    }
  }

  void CheckPurchases() {
    std::vector<std::string> names;
    for (size_t i = 0; i < product_.purchases.size(); ++i) {
      const Purchase& purchase = product_.purchases[i];
      names.push_back(purchase.name);
      RefuseIf(purchase.period && !Recurs(product_.kind),
               At("/purchasing", i, "period"),
               "A one-off has no term to buy over. Leave the period out: it is bought once.");
      RefuseIf(purchase.has_timing && !purchase.period, At("/purchasing", i, "timing"),
               "What is bought once has no timing. Leave it out, or name a period.");
      CheckCostBands(purchase, At("/purchasing", i, "cost_bands"));
      if (purchase.supplier && !known_.suppliers.contains(*purchase.supplier)) {
        Refuse(At("/purchasing", i, "supplier_id"), "REFERENCE_NOT_FOUND",
               "There is no such supplier. Check the id, or leave it out to choose later.");
      }
    }
    CheckUnique(names, "/purchasing", "name");
  }

  void CheckOneOff() {
    RefuseIf(product_.term.has_value(), "/term", "A one-off has no term. Leave it out.");
    if (!product_.billing) return;
    const Billing& billing = *product_.billing;
    RefuseIf(billing.period.has_value(), "/billing/period", "A one-off is billed once.");
    RefuseIf(billing.has_timing, "/billing/timing", "A one-off is billed once.");
    RefuseIf(billing.has_initialise, "/billing/initialise", "A one-off has no schedule.");
    RefuseIf(billing.lead_days > 0, "/billing/lead_days", "A one-off has no schedule.");
  }

  void CheckRecurring() {
    RequireThat(product_.term.has_value(), "/term",
                "A recurring product needs a term. Name its length.");
    if (!product_.billing) {
      return Refuse("/billing", "REQUIRED", "A recurring product needs period and timing.");
    }
    const Billing& billing = *product_.billing;
    RequireThat(billing.period.has_value(), "/billing/period", "Name how often it is billed.");
    RequireThat(billing.has_timing, "/billing/timing", "Name advance or arrears.");
    RefuseIf(billing.has_billable, "/billing/billable",
             "Only a one-off has it; what recurs is billed by its schedule.");
    if (product_.term && billing.period) CheckTermHoldsWholePeriods(*billing.period);
  }

  void CheckTermHoldsWholePeriods(const calendar::Cycle& period) {
    const calendar::Cycle& term = *product_.term;
    const bool whole = term.InMonths() == period.InMonths() &&
                       (term.InMonths() ? term.Months() % period.Months() == 0
                                        : term.Days() % period.Days() == 0);
    if (whole) return;
    Refuse("/term/length", "NOT_WHOLE_PERIODS",
           "A term holds whole billing periods. Name a multiple of the billing period.");
  }

  const Product& product_;
  const Known& known_;
  Validation validation_;
};

}  // namespace

Validation ValidateProduct(const Product& product, const Known& known) {
  return Checker(product, known).Check();
}

}  // namespace continuo::catalogue::domain
