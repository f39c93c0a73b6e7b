#include "services/catalogue/domain/validate_bundle.h"

namespace continuo::catalogue::domain {
namespace {

using ids::ProductId;

std::string At(std::string_view list, size_t index, std::string_view field) {
  return std::string(list) + "/" + std::to_string(index) + "/" + std::string(field);
}

class Checker {
 public:
  Checker(const Product& product, const Known& known, Validation* validation)
      : product_(product), known_(known), validation_(*validation) {}

  void Check() {
    CheckHasNoBehaviour();
    if (product_.components.empty()) {
      Refuse("/components", "REQUIRED", "A bundle needs a component.");
    }
    std::set<ProductId> seen;
    for (size_t i = 0; i < product_.components.size(); ++i) {
      const Component& component = product_.components[i];
      CheckProduct(At("/components", i, "product_id"), component.product,
                   seen.insert(component.product).second);
      CheckQuantity(i, component);
      CheckOptionGroup(i, component);
    }
    for (size_t i = 0; i < product_.option_groups.size(); ++i) CheckGroup(i);
    if (product_.bundle_price) CheckPrice(*product_.bundle_price);
  }

 private:
  void Refuse(std::string pointer, std::string code, std::string detail) {
    validation_.violations.push_back({std::move(pointer), std::move(code), std::move(detail)});
  }
  void RefuseIf(bool wrong, std::string pointer, std::string detail) {
    if (wrong) Refuse(std::move(pointer), "NOT_ALLOWED", std::move(detail));
  }

  void CheckHasNoBehaviour() {
    const char* own = "A bundle has no behaviour of its own. Put it on the components.";
    RefuseIf(product_.pricing.has_value(), "/pricing",
             "A bundle is priced by its components, or by bundle_price. Leave it out.");
    RefuseIf(product_.billing.has_value(), "/billing", own);
    RefuseIf(product_.term.has_value(), "/term", own);
    RefuseIf(product_.revenue_rule.has_value(), "/revenue", own);
    RefuseIf(!product_.service_levels.empty(), "/service_levels", own);
    RefuseIf(!product_.purchases.empty(), "/purchasing", own);
    RefuseIf(product_.indexation.has_value(), "/indexation", own);
  }

  void CheckProduct(const std::string& pointer, ProductId component, bool is_new) {
    const auto found = known_.products.find(component);
    if (found == known_.products.end()) {
      return Refuse(pointer, "REFERENCE_NOT_FOUND", "There is no such product. Check the id.");
    }
    if (!is_new) {
      return Refuse(pointer, "DUPLICATE", "The product is there twice. Add the quantities.");
    }
    if (found->second.status == Status::kRetired) {
      return Refuse(pointer, "RETIRED", "The product is retired. Name another.");
    }
    if (found->second.kind == Kind::kBundle) {
      std::vector<ProductId> path;
      if (!CheckDescent(pointer, component, &path)) return;
    }
    if (found->second.status == Status::kDraft) {
      Refuse(pointer, "NOT_PUBLISHED", "The product is a draft. Publish it first.");
    }
  }

  std::string PathText(const std::vector<ProductId>& path, ProductId last) const {
    std::string text = product_.code;
    for (const ProductId id : path) text += " > " + CodeOf(id);
    return text + " > " + CodeOf(last);
  }
  std::string CodeOf(ProductId id) const {
    if (product_.id == id) return product_.code;
    const auto found = known_.products.find(id);
    return found == known_.products.end() ? id.ToString() : found->second.code;
  }

  // `path` leads from this product's component to `bundle`, without it.
  bool CheckDescent(const std::string& pointer, ProductId bundle, std::vector<ProductId>* path) {
    const bool again = std::find(path->begin(), path->end(), bundle) != path->end();
    if (product_.id == bundle || again) {
      Refuse(pointer, "CYCLE",
             "The bundle would hold itself: " + PathText(*path, bundle) +
                 ". Take one of these out of the one before.");
      return false;
    }
    const auto found = known_.products.find(bundle);
    if (found == known_.products.end() || found->second.kind != Kind::kBundle) return true;
    if (path->size() + 2 > kBundleLevels) {
      Refuse(pointer, "TOO_DEEP",
             "Bundles go " + std::to_string(kBundleLevels) + " levels deep: " +
                 PathText(*path, bundle) + ". Put the components of one into the one before.");
      return false;
    }
    path->push_back(bundle);
    for (const ProductId part : found->second.components) {
      if (!CheckDescent(pointer, part, path)) return false;
    }
    path->pop_back();
    return true;
  }

  void CheckQuantity(size_t index, const Component& component) {
    const bool to_choose = component.min_quantity || component.max_quantity;
    if (component.quantity.IsZero() && !component.max_quantity) {
      Refuse(At("/components", index, "quantity"), "OUT_OF_RANGE",
             "A component that is left out at first needs a max_quantity, to be chosen at all.");
    }
    if (!to_choose || component.quantity.IsZero()) return;
    if (component.min_quantity && component.quantity < *component.min_quantity) {
      Refuse(At("/components", index, "quantity"), "OUT_OF_RANGE",
             "The quantity is not below min_quantity.");
    }
    if (component.max_quantity && component.quantity > *component.max_quantity) {
      Refuse(At("/components", index, "quantity"), "OUT_OF_RANGE",
             "The quantity is not above max_quantity.");
    }
  }

  void CheckOptionGroup(size_t index, const Component& component) {
    if (component.option_group.empty()) return;
    for (const OptionGroup& group : product_.option_groups) {
      if (group.code == component.option_group) return;
    }
    Refuse(At("/components", index, "option_group"), "REFERENCE_NOT_FOUND",
           "The bundle has no option group " + component.option_group + ". Add it.");
  }

  void CheckGroup(size_t index) {
    const OptionGroup& group = product_.option_groups[index];
    for (size_t i = 0; i < index; ++i) {
      if (product_.option_groups[i].code != group.code) continue;
      return Refuse(At("/option_groups", index, "code"), "DUPLICATE",
                    group.code + " is there twice. Leave one out.");
    }
    int offered = 0, sold = 0;
    for (const Component& component : product_.components) {
      if (component.option_group != group.code) continue;
      ++offered;
      if (component.quantity.Sign() > 0) ++sold;
    }
    if (group.max > 0 && group.max < group.min) {
      Refuse(At("/option_groups", index, "max"), "OUT_OF_RANGE", "The max is not below the min.");
    }
    if (offered < group.min) {
      Refuse(At("/option_groups", index, "min"), "OUT_OF_RANGE",
             "Only " + std::to_string(offered) + " components are in the group. Add some.");
    }
    if (sold < group.min || (group.max > 0 && sold > group.max)) {
      Refuse(At("/option_groups", index, "min"), "DEFAULT_OUTSIDE_GROUP",
             std::to_string(sold) + " of its components are sold when nobody chooses. Set the "
             "quantities of the others to zero, or of more of them above it.");
    }
  }

  void CheckPrice(const BundlePrice& price) {
    const bool discount = price.method == BundlePriceMethod::kDiscount;
    if (discount && !price.discount_percent) {
      Refuse("/bundle_price/discount_percent", "REQUIRED", "Name what is taken off.");
    }
    RefuseIf(!discount && price.discount_percent, "/bundle_price/discount_percent",
             "Only the method discount has it. Leave it out.");
    const bool own = price.method == BundlePriceMethod::kOverride;
    RefuseIf(!own && !price.currencies.empty(), "/bundle_price/prices",
             "Only the method override has prices. Leave them out.");
    if (!own) return;
    if (price.currencies.empty()) {
      Refuse("/bundle_price/prices", "REQUIRED", "Name the price of one bundle.");
    }
    CheckBilledTogether();
  }

  void CheckBilledTogether() {
    std::set<std::pair<bool, std::int64_t>> cadences;
    std::set<ProductId> visited;
    for (const Component& component : product_.components) {
      AddCadences(component.product, &visited, &cadences);
    }
    if (cadences.size() <= 1) return;
    Refuse("/bundle_price/method", "NOT_BILLED_TOGETHER",
           "A bundle with a price of its own has parts that are all billed once, or all in the same "
           "period. Take the others out, or use the method discount.");
  }

  void AddCadences(ProductId id, std::set<ProductId>* visited,
                   std::set<std::pair<bool, std::int64_t>>* cadences) {
    const auto found = known_.products.find(id);
    if (found == known_.products.end() || !visited->insert(id).second) return;
    const Known::Sold& sold = found->second;
    for (const ProductId part : sold.components) AddCadences(part, visited, cadences);
    if (sold.kind == Kind::kBundle) return;
    const bool in_months = sold.period && sold.period->InMonths();
    const std::int64_t length =
        !sold.period ? 0 : in_months ? sold.period->Months() : sold.period->Days();
    cadences->insert({in_months, length});
  }

  const Product& product_;
  const Known& known_;
  Validation& validation_;
};

}  // namespace

void ValidateBundle(const Product& product, const Known& known, Validation* validation) {
  Checker(product, known, validation).Check();
}

}  // namespace continuo::catalogue::domain
