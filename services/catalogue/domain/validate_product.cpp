#include "services/catalogue/domain/validate_product.h"

namespace continuo::catalogue::domain {
namespace {

using money::PriceBand;
using money::Ratio;

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
      CheckBundle();
    } else {
      CheckPricing();
      CheckRevenue();
      CheckPurchases();
      CheckUnique(product_.service_level_codes, "/service_levels", "code");
      if (!product_.components.empty()) {
        Refuse("/components", "NOT_ALLOWED", "Only a bundle has components. Leave them out.");
      }
    }
    if (product_.kind == Kind::kOneOff) CheckOneOff();
    if (product_.kind == Kind::kRecurring) CheckRecurring();
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

  void CheckBundle() {
    const char* own = "A bundle has no price or behaviour of its own. Put it on the components.";
    RefuseIf(product_.pricing.has_value(), "/pricing", own);
    RefuseIf(product_.billing.has_value(), "/billing", own);
    RefuseIf(product_.term.has_value(), "/term", own);
    RefuseIf(product_.revenue_rule.has_value(), "/revenue", own);
    RefuseIf(!product_.service_level_codes.empty(), "/service_levels", own);
    RefuseIf(!product_.purchases.empty(), "/purchasing", own);
    RequireThat(!product_.components.empty(), "/components", "A bundle needs a component.");
    std::set<ids::ProductId> seen;
    for (size_t i = 0; i < product_.components.size(); ++i) {
      const ids::ProductId component = product_.components[i].product;
      CheckComponent(At("/components", i, "product_id"), component, seen.insert(component).second);
    }
  }

  void CheckComponent(const std::string& pointer, ids::ProductId component, bool is_new) {
    const auto found = known_.products.find(component);
    if (found == known_.products.end()) {
      return Refuse(pointer, "REFERENCE_NOT_FOUND", "There is no such product. Check the id.");
    }
    if (!is_new) {
      return Refuse(pointer, "DUPLICATE", "The product is there twice. Add the quantities.");
    }
    if (found->second.kind == Kind::kBundle) {
      return Refuse(pointer, "NESTED_BUNDLE",
                    "A bundle cannot hold a bundle. Name that one's components.");
    }
    if (found->second.status == Status::kRetired) {
      return Refuse(pointer, "RETIRED", "The product is retired. Name another.");
    }
    if (found->second.status == Status::kDraft) {
      Refuse(pointer, "NOT_PUBLISHED", "The product is a draft. Publish it first.");
    }
  }

  void CheckPricing() {
    if (!product_.pricing) {
      return Refuse("/pricing", "REQUIRED", "Only a bundle goes without. Name model and prices.");
    }
    const std::vector<CurrencyPrice>& prices = product_.pricing->prices;
    RequireThat(!prices.empty(), "/pricing/prices", "Name a price in at least one currency.");
    std::vector<std::string> currencies;
    for (size_t i = 0; i < prices.size(); ++i) {
      currencies.push_back(prices[i].currency);
      const std::string pointer = At("/pricing/prices", i);
      if (product_.pricing->model == pricing::Model::kFlat) CheckFlat(pointer, prices[i]);
      if (product_.pricing->model == pricing::Model::kVolume) CheckVolume(pointer, prices[i]);
    }
    CheckUnique(currencies, "/pricing/prices", "currency");
  }

  void CheckFlat(const std::string& pointer, const CurrencyPrice& price) {
    RequireThat(price.unit_price.has_value(), pointer + "/unit_price",
                "A flat price needs the price of one unit.");
    RefuseIf(!price.bands.empty(), pointer + "/bands",
             "A flat price has no bands. Leave them out, or set the model to volume.");
  }

  void CheckVolume(const std::string& pointer, const CurrencyPrice& price) {
    RefuseIf(price.unit_price.has_value(), pointer + "/unit_price",
             "A volume price has its unit prices in the bands. Leave it out.");
    if (price.bands.empty()) {
      return Refuse(pointer + "/bands", "REQUIRED", "A volume price needs a band.");
    }
    const size_t violations = validation_.violations.size();
    for (size_t i = 0; i < price.bands.size(); ++i) {
      CheckBound(At(pointer + "/bands", i, "up_to"), price.bands, i);
    }
    if (validation_.violations.size() == violations) WarnWhereMoreCostsLess(price);
  }

  void CheckBound(const std::string& pointer, const std::vector<PriceBand>& bands, size_t i) {
    const bool is_last = i + 1 == bands.size();
    if (is_last) {
      return RefuseIf(bands[i].up_to.has_value(), pointer,
                      "The last band is open. Leave up_to out, or add an open band.");
    }
    if (!bands[i].up_to) {
      return Refuse(pointer, "REQUIRED", "Only the last band is open. Name where this one ends.");
    }
    const money::Decimal lower = i > 0 && bands[i - 1].up_to ? *bands[i - 1].up_to : 0;
    if (*bands[i].up_to <= lower) {
      Refuse(pointer, "NOT_ASCENDING",
             "Bands ascend: up_to must be above " + lower.ToString() + ".");
    }
  }

  void WarnWhereMoreCostsLess(const CurrencyPrice& price) {
    for (size_t i = 0; i + 1 < price.bands.size(); ++i) {
      const PriceBand& band = price.bands[i];
      const PriceBand& next = price.bands[i + 1];
      const Ratio at_end = *band.up_to * band.unit_price + band.flat_fee.ToRatio();
      const Ratio beyond = *band.up_to * next.unit_price + next.flat_fee.ToRatio();
      if (beyond >= at_end) continue;
      validation_.warnings.push_back("The volume prices in " + price.currency +
                                     " are not monotone: a little more than " +
                                     band.up_to->ToString() + " costs less than " +
                                     band.up_to->ToString() + ".");
    }
  }

  void CheckRevenue() {
    if (product_.revenue_rule) {
      const bool at_once = *product_.revenue_rule == RevenueRule::kPointInTime;
      RefuseIf(at_once && product_.kind == Kind::kRecurring, "/revenue/rule",
               "What recurs is earned over its service period. Name a straight-line rule.");
      RefuseIf(!at_once && product_.kind == Kind::kOneOff, "/revenue/rule",
               "A one-off has no service period to earn it over. Name point_in_time.");
    }
    CheckUnique(product_.ssp_currencies, "/revenue/ssp", "currency");
    for (size_t i = 0; i < product_.ssp_currencies.size(); ++i) {
      if (HasPriceIn(product_.ssp_currencies[i])) continue;
      Refuse(At("/revenue/ssp", i, "currency"), "NO_PRICE",
             "The product has no price in " + product_.ssp_currencies[i] + ". Add one first.");
    }
  }

  bool HasPriceIn(const std::string& currency) const {
    if (!product_.pricing) return false;
    for (const CurrencyPrice& price : product_.pricing->prices) {
      if (price.currency == currency) return true;
    }
    return false;
  }

  void CheckPurchases() {
    std::vector<std::string> names;
    for (size_t i = 0; i < product_.purchases.size(); ++i) {
      const Purchase& purchase = product_.purchases[i];
      names.push_back(purchase.name);
      RefuseIf(purchase.is_periodic && product_.kind == Kind::kOneOff,
               At("/purchasing", i, "period"),
               "A one-off has no term to buy over. Leave the period out: it is bought once.");
      RefuseIf(purchase.has_timing && !purchase.is_periodic, At("/purchasing", i, "timing"),
               "What is bought once has no timing. Leave it out, or name a period.");
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
