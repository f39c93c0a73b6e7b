#include "services/catalogue/domain/validate_pricing.h"

#include "services/catalogue/domain/cost_price.h"

namespace continuo::catalogue::domain {
namespace {

using money::PriceBand;
using money::Ratio;
using pricing::Model;

// Which figures of a price a model is made of; what it is not made of is refused.
struct Takes {
  const char* name;
  bool unit_price = false;
  bool bands = false;
  bool percent = false;
};

Takes TakesOf(const Pricing& pricing) {
  if (pricing.is_cost_plus) return {.name = "A price from cost", .unit_price = true};
  switch (pricing.model) {
    case Model::kFlat:
      return {.name = "A flat price", .unit_price = true};
    case Model::kVolume:
      return {.name = "A volume price", .bands = true};
    case Model::kGraduated:
      return {.name = "A graduated price", .bands = true};
    case Model::kPackage:
      return {.name = "A package price", .unit_price = true};
    case Model::kPercentage:
    case Model::kPercentageOfLines:
      return {.name = "A percentage", .percent = true};
  }
  __builtin_unreachable();
}

class Checker {
 public:
  Checker(const Product& product, Validation* validation)
      : product_(product), pricing_(*product.pricing), validation_(*validation) {}

  void Check() {
    CheckModel();
    Require(!pricing_.prices.empty(), "/pricing/prices", "Name a price in at least one currency.");
    for (size_t i = 0; i < pricing_.prices.size(); ++i) {
      CheckPrice("/pricing/prices/" + std::to_string(i), pricing_.prices[i]);
    }
  }

 private:
  void Refuse(std::string pointer, std::string code, std::string detail) {
    validation_.violations.push_back({std::move(pointer), std::move(code), std::move(detail)});
  }
  void RefuseIf(bool wrong, std::string pointer, std::string detail) {
    if (wrong) Refuse(std::move(pointer), "NOT_ALLOWED", std::move(detail));
  }
  void Require(bool present, std::string pointer, std::string detail) {
    if (!present) Refuse(std::move(pointer), "REQUIRED", std::move(detail));
  }

  void CheckModel() {
    const bool package = pricing_.model == Model::kPackage;
    Require(!package || pricing_.package_size, "/pricing/package_size",
            "A package price needs the units of one package.");
    RefuseIf(!package && pricing_.package_size, "/pricing/package_size",
             "Only a package price has it. Leave it out, or set the model to package.");
    const bool of_lines = pricing_.model == Model::kPercentageOfLines;
    Require(!of_lines || pricing_.has_basis, "/pricing/basis",
            "Say what the percentage is of: list or net.");
    RefuseIf(!of_lines && pricing_.has_basis, "/pricing/basis",
             "Only a percentage of other lines has it. Leave it out.");
    CheckCostPlus();
  }

  void CheckCostPlus() {
    const CostPlus& terms = pricing_.cost_plus;
    if (!pricing_.is_cost_plus) {
      const char* only = "Only a price from cost has it. Leave it out, or set the model to cost_plus.";
      RefuseIf(terms.markup_percent.has_value(), "/pricing/markup_percent", only);
      RefuseIf(terms.margin_percent.has_value(), "/pricing/margin_percent", only);
      return;
    }
    Require(terms.markup_percent || terms.margin_percent, "/pricing/markup_percent",
            "A price from cost needs a mark-up or a margin.");
    RefuseIf(terms.markup_percent && terms.margin_percent, "/pricing/margin_percent",
             "A price from cost has a mark-up or a margin. Leave one out.");
  }

  void CheckPrice(const std::string& pointer, const CurrencyPrice& price) {
    const Takes takes = TakesOf(pricing_);
    const std::string name = takes.name;
    Check(pointer + "/unit_price", name + " needs the price of one unit.",
          name + " has no unit price. Leave it out.", takes.unit_price && !pricing_.is_cost_plus,
          takes.unit_price, price.unit_price.has_value());
    Check(pointer + "/bands", name + " needs a band.", name + " has no bands. Leave them out.",
          takes.bands, takes.bands, !price.bands.empty());
    Check(pointer + "/percent", name + " needs its per cent.",
          name + " has no percentage. Leave it out.", takes.percent, takes.percent,
          price.percent.has_value());
    if (takes.bands && !price.bands.empty()) CheckBands(pointer, price);
    if (price.minimum && price.maximum && *price.maximum < *price.minimum) {
      Refuse(pointer + "/maximum_amount", "OUT_OF_RANGE",
             "The maximum is not below the minimum of " + price.minimum->ToString() + ".");
    }
    if (pricing_.is_cost_plus) CheckCost(price);
  }

  void Check(std::string pointer, std::string missing, std::string surplus, bool needed,
             bool allowed, bool present) {
    if (needed && !present) Refuse(std::move(pointer), "REQUIRED", std::move(missing));
    if (!allowed && present) Refuse(std::move(pointer), "NOT_ALLOWED", std::move(surplus));
  }

  void CheckCost(const CurrencyPrice& price) {
    const Result<money::Decimal> unit_price = CostUnitPrice(product_, price.currency);
    if (unit_price) return;
    for (const Violation& violation : unit_price.error().violations) {
      validation_.violations.push_back(violation);
    }
  }

  void CheckBands(const std::string& pointer, const CurrencyPrice& price) {
    const size_t violations = validation_.violations.size();
    for (size_t i = 0; i < price.bands.size(); ++i) {
      CheckBound(pointer + "/bands/" + std::to_string(i) + "/up_to", price.bands, i);
    }
    if (pricing_.model != Model::kVolume) return;
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

  const Product& product_;
  const Pricing& pricing_;
  Validation& validation_;
};

}  // namespace

void ValidatePricing(const Product& product, Validation* validation) {
  Checker(product, validation).Check();
}

}  // namespace continuo::catalogue::domain
