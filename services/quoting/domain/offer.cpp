#include "services/quoting/domain/offer.h"

#include <algorithm>
#include <set>

namespace continuo::quoting::domain {
namespace {

using ids::ProductId;
using money::Decimal;

std::string At(std::string_view pointer, std::string_view field) {
  return std::string(pointer) + "/" + std::string(field);
}

void Collect(const Offer& bundle, std::set<ProductId>* products) {
  for (const Part& part : bundle.parts) {
    products->insert(part.offer.id);
    Collect(part.offer, products);
  }
}

Result<void> CheckChoicesAreThere(const Offer& bundle, const std::vector<Choice>& choices,
                                  std::string_view pointer) {
  std::set<ProductId> there;
  Collect(bundle, &there);
  std::set<ProductId> chosen;
  for (size_t i = 0; i < choices.size(); ++i) {
    const std::string where = At(pointer, "choices/" + std::to_string(i) + "/product_id");
    if (!there.contains(choices[i].product_id)) {
      return Invalid(where, "REFERENCE_NOT_FOUND",
                     "Bundle " + bundle.code + " does not hold that product.");
    }
    if (chosen.insert(choices[i].product_id).second) continue;
    return Invalid(where, "DUPLICATE", "The product is chosen twice. Leave one out.");
  }
  return {};
}

// What the part may be sold in; zero where it may be left out.
Result<void> CheckQuantity(const Part& part, Decimal quantity, std::string_view pointer) {
  if (quantity == part.quantity) return {};
  const bool can_be_chosen = part.min_quantity || part.max_quantity || !part.option_group.empty();
  const bool left_out = quantity.IsZero() && (!part.min_quantity || part.min_quantity->IsZero() ||
                                              !part.option_group.empty());
  if (can_be_chosen && left_out) return {};
  const Decimal least = part.min_quantity.value_or(part.quantity);
  const Decimal most = part.max_quantity.value_or(part.quantity);
  if (can_be_chosen && !quantity.IsZero() && least <= quantity && quantity <= most) return {};
  return Invalid(At(pointer, "choices"), "OUT_OF_RANGE",
                 part.offer.code + " is sold in a quantity from " + least.ToString() + " to " +
                     most.ToString() + " in one bundle.");
}

Result<void> CheckGroups(const Offer& bundle, const std::map<std::string, int>& sold,
                         std::string_view pointer) {
  for (const OptionGroup& group : bundle.option_groups) {
    const auto found = sold.find(group.code);
    const int count = found == sold.end() ? 0 : found->second;
    if (count >= group.min && (group.max == 0 || count <= group.max)) continue;
    const std::string most = group.max == 0 ? "any number" : std::to_string(group.max);
    return Invalid(At(pointer, "choices"), "OPTION_GROUP_NOT_MET",
                   "Of the option group " + group.code + " of bundle " + bundle.code + ", " +
                       std::to_string(group.min) + " to " + most + " are sold, not " +
                       std::to_string(count) + ".");
  }
  return {};
}

class Expansion {
 public:
  Expansion(Quote* quote, const LineTerms& terms, const std::vector<Choice>& choices,
            std::string_view pointer)
      : quote_(*quote), terms_(terms), choices_(choices), pointer_(pointer) {}

  // `around`: the bundles that hold this one, innermost first.
  Result<void> Add(const Offer& bundle, Decimal quantity, std::vector<Bundle> around) {
    Bundle sale{.id = ids::NewUuid(),
                .product_id = bundle.id,
                .product_version = bundle.version,
                .code = bundle.code,
                .quantity = quantity,
                .method = bundle.method,
                .discount_percent = bundle.discount_percent};
    RETURN_IF_FAULT(SetPrice(bundle, &sale));
    around.insert(around.begin(), std::move(sale));
    std::map<std::string, int> sold;
    for (const Part& part : bundle.parts) {
      const Decimal chosen = Chosen(part);
      RETURN_IF_FAULT(CheckQuantity(part, chosen, pointer_));
      if (chosen.IsZero()) continue;
      ++sold[part.option_group];
      RETURN_IF_FAULT(AddPart(part, chosen, quantity, around));
    }
    return CheckGroups(bundle, sold, pointer_);
  }

 private:
  Result<void> SetPrice(const Offer& bundle, Bundle* sale) {
    if (bundle.method != BundlePriceMethod::kOverride) return {};
    const auto price = bundle.prices.find(quote_.currency.ToString());
    if (price == bundle.prices.end()) {
      return FailedPrecondition("PRODUCT_HAS_NO_PRICE",
                                "Bundle " + bundle.code + " has no price in " +
                                    quote_.currency.ToString() +
                                    ". Add one and publish it, or quote in another currency.",
                                {{"product_id", bundle.id.ToString()}});
    }
    sale->price = price->second;
    sale->price_book = bundle.price_book;
    return {};
  }

  Decimal Chosen(const Part& part) const {
    for (const Choice& choice : choices_) {
      if (choice.product_id == part.offer.id) return choice.quantity;
    }
    return part.quantity;
  }

  Result<void> AddPart(const Part& part, Decimal chosen, Decimal bundles,
                       const std::vector<Bundle>& around) {
    ASSIGN_OR_RETURN(const Decimal quantity,
                     money::RoundToDecimal(bundles * chosen, Decimal::kPlaces));
    if (!part.offer.product) return Add(part.offer, quantity, around);
    LineTerms line = terms_;
    line.quantity = quantity;
    if (terms_.requested_quantity && !terms_.quantity.IsZero()) {
      const money::Ratio asked = *terms_.requested_quantity / terms_.quantity * quantity.ToRatio();
      ASSIGN_OR_RETURN(line.requested_quantity, money::RoundToDecimal(asked, Decimal::kPlaces));
    }
    // A level is the bundle's: parts that do not offer it go without.
    const auto& levels = part.offer.product->service_levels;
    const auto offers = [&](const ServiceLevel& level) { return level.code == line.service_level; };
    if (std::none_of(levels.begin(), levels.end(), offers)) line.service_level.clear();
    RETURN_IF_FAULT(domain::Add(&quote_, line, *part.offer.product, pointer_));
    quote_.lines.back().bundles = around;
    return {};
  }

  Quote& quote_;
  const LineTerms& terms_;
  const std::vector<Choice>& choices_;
  std::string_view pointer_;
};

// What belongs to one line is none of a bundle's.
Result<void> CheckBundleTerms(const LineTerms& terms, std::string_view pointer) {
  if (terms.discount_amount && !terms.discount_amount->IsZero()) {
    return Invalid(At(pointer, "discount_amount"), "NOT_FOR_BUNDLES",
                   "Give a bundle a discount_percent, or its components amounts of their own.");
  }
  if (terms.override_unit_price) {
    return Invalid(At(pointer, "override_unit_price"), "NOT_FOR_BUNDLES",
                   "Give its components prices of their own, once they are on the quote.");
  }
  if (!terms.deliveries.empty()) {
    return Invalid(At(pointer, "deliveries"), "NOT_FOR_BUNDLES",
                   "Give its components deliveries of their own, once they are on the quote.");
  }
  if (!terms.term) return {};
  return Invalid(At(pointer, "term_length"), "NOT_FOR_BUNDLES",
                 "A bundle has no term. Leave it out.");
}

}  // namespace

Result<void> AddOffer(Quote* quote, const LineTerms& terms, const Offer& offer,
                      const std::vector<Choice>& choices, std::string_view pointer) {
  if (offer.product) {
    if (!choices.empty()) {
      return Invalid(At(pointer, "choices"), "NOT_ALLOWED",
                     "Product " + offer.code + " is no bundle. Leave the choices out.");
    }
    return Add(quote, terms, *offer.product, pointer);
  }
  RETURN_IF_FAULT(CheckBundleTerms(terms, pointer));
  RETURN_IF_FAULT(CheckChoicesAreThere(offer, choices, pointer));
  return Expansion(quote, terms, choices, pointer).Add(offer, terms.quantity, {});
}

Result<void> AddRamp(Quote* quote, const LineTerms& terms, const Product& product,
                     const std::vector<RampStep>& steps, std::string_view pointer) {
  if (!product.recurrence) {
    return Invalid(At(pointer, "ramp"), "NOT_ALLOWED",
                   "Product " + product.code + " is sold once. Leave the ramp out.");
  }
  if (!terms.deliveries.empty()) {
    return Invalid(At(pointer, "deliveries"), "NOT_ALLOWED",
                   "A ramp's steps have days of their own. Leave the deliveries out.");
  }
  const std::optional<calendar::Date> start = terms.start_on ? terms.start_on : quote->start_on;
  if (!start) {
    return Invalid(At(pointer, "start_on"), "REQUIRED",
                   "A ramp has dates. Name its first day, or the quote's.");
  }
  const Period& billing = product.recurrence->billing;
  const ids::Uuid ramp_id = ids::NewUuid();
  int before = 0;
  for (size_t i = 0; i < steps.size(); ++i) {
    const RampStep& step = steps[i];
    LineTerms line = terms;
    line.quantity = step.quantity;
    line.start_on = calendar::Boundary(CycleOf(billing), calendar::Anchor::On(*start), before);
    line.term = Times(billing, step.periods);
    if (step.unit_price) line.override_unit_price = step.unit_price;
    if (line.override_reason.empty() && step.unit_price) line.override_reason = "ramp";
    if (step.discount_percent) line.discount_percent = *step.discount_percent;
    RETURN_IF_FAULT(Add(quote, line, product, At(pointer, "ramp/" + std::to_string(i))));
    quote->lines.back().segment =
        Segment{ramp_id, static_cast<int>(i) + 1, i + 1 == steps.size()};
    before += step.periods;
  }
  return {};
}

}  // namespace continuo::quoting::domain
