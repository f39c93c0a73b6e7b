#include "services/catalogue/app/product_shape.h"

#include <algorithm>

#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/catalogue/v1/price_import.pb.h"
#include "continuo/catalogue/v1/product.pb.h"

namespace continuo::catalogue::app {
namespace {

using money::Decimal;

// The edge has accepted the text as a decimal.
Decimal DecimalOf(const std::string& text) { return Decimal::Parse(text).value(); }
std::optional<Decimal> OptionalDecimal(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return DecimalOf(text);
}

calendar::Cycle CycleOf(const v1::Period& period) {
  calendar::Cycle cycle{.count = period.count()};
  switch (period.unit()) {
    case v1::PERIOD_UNIT_DAY:
      cycle.unit = calendar::CycleUnit::kDay;
      break;
    case v1::PERIOD_UNIT_WEEK:
      cycle.unit = calendar::CycleUnit::kWeek;
      break;
    case v1::PERIOD_UNIT_QUARTER:
      cycle.unit = calendar::CycleUnit::kQuarter;
      break;
    case v1::PERIOD_UNIT_YEAR:
      cycle.unit = calendar::CycleUnit::kYear;
      break;
    default:
      cycle.unit = calendar::CycleUnit::kMonth;
  }
  return cycle;
}

// Cost-plus is flat, once its unit prices are worked out.
pricing::Model ModelOf(v1::PricingModel model) {
  switch (model) {
    case v1::PRICING_MODEL_VOLUME:
      return pricing::Model::kVolume;
    case v1::PRICING_MODEL_GRADUATED:
      return pricing::Model::kGraduated;
    case v1::PRICING_MODEL_PACKAGE:
      return pricing::Model::kPackage;
    case v1::PRICING_MODEL_PERCENTAGE:
      return pricing::Model::kPercentage;
    case v1::PRICING_MODEL_PERCENTAGE_OF_LINES:
      return pricing::Model::kPercentageOfLines;
    case v1::PRICING_MODEL_FLAT:
    case v1::PRICING_MODEL_COST_PLUS:
    case v1::PRICING_MODEL_UNSPECIFIED:  // the edge refuses it
    case v1::PricingModel_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::PricingModel_INT_MAX_SENTINEL_DO_NOT_USE_:
      return pricing::Model::kFlat;
  }
  __builtin_unreachable();
}

// Of a product's price, a price book's entry or a row of a file.
template <class Price>
std::vector<money::PriceBand> BandsOf(const Price& price) {
  std::vector<money::PriceBand> bands;
  for (const v1::PriceBand& band : price.bands()) {
    bands.push_back({.up_to = OptionalDecimal(band.up_to()),
                     .unit_price = DecimalOf(band.unit_price()),
                     .flat_fee = OptionalDecimal(band.flat_fee()).value_or(0)});
  }
  return bands;
}

domain::Pricing PricingOf(const v1::Pricing& pricing) {
  domain::Pricing shape{.model = ModelOf(pricing.model()),
                        .package_size = OptionalDecimal(pricing.package_size()),
                        .has_basis = pricing.basis() != v1::PERCENTAGE_BASIS_UNSPECIFIED,
                        .is_cost_plus = pricing.model() == v1::PRICING_MODEL_COST_PLUS,
                        .cost_plus = {OptionalDecimal(pricing.markup_percent()),
                                      OptionalDecimal(pricing.margin_percent())}};
  for (const v1::CurrencyPrice& price : pricing.prices()) {
    shape.prices.push_back({.currency = price.currency(),
                            .unit_price = OptionalDecimal(price.unit_price()),
                            .bands = BandsOf(price),
                            .percent = OptionalDecimal(price.percent()),
                            .minimum = OptionalDecimal(price.minimum_amount()),
                            .maximum = OptionalDecimal(price.maximum_amount())});
  }
  return shape;
}

domain::Billing BillingOf(const v1::Billing& billing) {
  domain::Billing shape{.has_timing = billing.timing() != v1::BILLING_TIMING_UNSPECIFIED,
                        .has_initialise = billing.initialise() != v1::INITIALISE_ON_UNSPECIFIED,
                        .has_billable = billing.billable() != v1::BILLABLE_ON_UNSPECIFIED,
                        .lead_days = billing.lead_days()};
  if (billing.has_period()) shape.period = CycleOf(billing.period());
  return shape;
}

domain::Kind KindOf(v1::ProductKind kind) {
  switch (kind) {
    case v1::PRODUCT_KIND_RECURRING:
      return domain::Kind::kRecurring;
    case v1::PRODUCT_KIND_BUNDLE:
      return domain::Kind::kBundle;
    case v1::PRODUCT_KIND_USAGE:
      return domain::Kind::kUsage;
    case v1::PRODUCT_KIND_SERVICE:
      return domain::Kind::kService;
    default:
      return domain::Kind::kOneOff;
  }
}

domain::Indexation IndexationOf(const v1::Indexation& indexation) {
  return {.is_series = indexation.kind() == v1::INDEXATION_KIND_SERIES,
          .rate = OptionalDecimal(indexation.rate_percent()),
          .margin = OptionalDecimal(indexation.margin_percent()),
          .cap = OptionalDecimal(indexation.cap_percent()),
          .floor = OptionalDecimal(indexation.floor_percent()),
          .has_series_code = !indexation.series_code().empty(),
          .has_mode = indexation.mode() != v1::INDEXATION_MODE_UNSPECIFIED,
          .lag_months = indexation.lag_months()};
}

domain::Purchase PurchaseOf(const v1::Purchasing& purchase) {
  domain::Purchase bought{.name = purchase.name(),
                          .currency = purchase.currency(),
                          .unit_cost = DecimalOf(purchase.unit_cost()),
                          .has_timing = purchase.timing() != v1::BILLING_TIMING_UNSPECIFIED};
  if (!purchase.supplier_id().empty()) {
    bought.supplier = ids::SupplierId::Parse(purchase.supplier_id()).value();
  }
  for (const v1::CostBand& band : purchase.cost_bands()) {
    bought.band_starts.push_back(DecimalOf(band.from()));
  }
  if (purchase.has_period()) bought.period = CycleOf(purchase.period());
  return bought;
}

domain::ServiceLevel LevelOf(const v1::ServiceLevel& level) {
  domain::ServiceLevel shape{.code = level.code(), .has_factor = !level.factor().empty()};
  for (const v1::CurrencyAmount& price : level.prices()) {
    shape.price_currencies.push_back(price.currency());
  }
  return shape;
}

domain::BundlePrice BundlePriceOf(const v1::BundlePrice& price) {
  domain::BundlePrice shape{.discount_percent = OptionalDecimal(price.discount_percent())};
  if (price.method() == v1::BUNDLE_PRICE_METHOD_DISCOUNT) {
    shape.method = domain::BundlePriceMethod::kDiscount;
  }
  if (price.method() == v1::BUNDLE_PRICE_METHOD_OVERRIDE) {
    shape.method = domain::BundlePriceMethod::kOverride;
  }
  for (const v1::CurrencyAmount& amount : price.prices()) {
    shape.currencies.push_back(amount.currency());
  }
  return shape;
}

ids::ProductId IdOf(const std::string& text) { return ids::ProductId::Parse(text).value(); }

void AddBundle(const v1::Product& product, domain::Product* shape) {
  for (const v1::Component& component : product.components()) {
    shape->components.push_back({.product = IdOf(component.product_id()),
                                 .quantity = DecimalOf(component.quantity()),
                                 .min_quantity = OptionalDecimal(component.min_quantity()),
                                 .max_quantity = OptionalDecimal(component.max_quantity()),
                                 .option_group = component.option_group()});
  }
  for (const v1::OptionGroup& group : product.option_groups()) {
    shape->option_groups.push_back({group.code(), group.min(), group.max()});
  }
  if (product.has_bundle_price()) shape->bundle_price = BundlePriceOf(product.bundle_price());
}

void AddRelatives(const v1::Product& product, domain::Product* shape) {
  for (const v1::Attach& attach : product.attach()) {
    shape->attached.push_back(IdOf(attach.product_id()));
  }
  for (const v1::Relation& relation : product.relations()) {
    shape->relations.push_back(
        {IdOf(relation.product_id()), relation.kind() == v1::RELATION_KIND_EXCLUDES});
  }
  for (const v1::ProposalText& text : product.proposal()) {
    shape->proposal_locales.push_back(text.locale());
  }
}

template <class Price>
domain::CurrencyPrice FiguresOf(const Price& price) {
  return {.unit_price = OptionalDecimal(price.unit_price()),
          .bands = BandsOf(price),
          .percent = OptionalDecimal(price.percent()),
          .minimum = OptionalDecimal(price.minimum_amount()),
          .maximum = OptionalDecimal(price.maximum_amount())};
}

// The code of the price book that the product's price, or that of a level, is from; empty: of none.
std::string BookOf(const v1::Product& product, std::string_view currency, std::string_view level) {
  const v1::UsedPriceBook& book = product.price_book();
  const auto& levels = book.service_levels();
  const bool is_from_it = level.empty()
                              ? book.has_price()
                              : std::find(levels.begin(), levels.end(), level) != levels.end();
  return book.currency() == currency && is_from_it ? book.code() : "";
}

}  // namespace

domain::Product ShapeOf(const v1::Product& product) {
  domain::Product shape{.kind = KindOf(product.kind()), .code = product.code()};
  if (!product.id().empty()) shape.id = IdOf(product.id());
  if (product.has_pricing()) shape.pricing = PricingOf(product.pricing());
  if (product.has_billing()) shape.billing = BillingOf(product.billing());
  if (product.has_term()) shape.term = CycleOf(product.term().length());
  if (product.has_revenue()) {
    shape.revenue_rule = product.revenue().rule() == v1::REVENUE_RULE_POINT_IN_TIME
                             ? domain::RevenueRule::kPointInTime
                             : domain::RevenueRule::kStraightLine;
  }
  for (const v1::CurrencyAmount& ssp : product.revenue().ssp()) {
    shape.ssp_currencies.push_back(ssp.currency());
  }
  shape.has_ssp_range = !product.revenue().ssp_low_percent().empty() ||
                        !product.revenue().ssp_high_percent().empty();
  for (const v1::ServiceLevel& level : product.service_levels()) {
    shape.service_levels.push_back(LevelOf(level));
  }
  for (const v1::Purchasing& purchase : product.purchasing()) {
    shape.purchases.push_back(PurchaseOf(purchase));
  }
  if (product.has_indexation()) shape.indexation = IndexationOf(product.indexation());
  AddRelatives(product, &shape);
  AddBundle(product, &shape);
  return shape;
}

domain::CurrencyPrice PriceOf(const v1::PriceBookEntry& entry) { return FiguresOf(entry); }

domain::CurrencyPrice PriceOf(const v1::PriceRow& row) { return FiguresOf(row); }

domain::Kind KindOfText(std::string_view text) {
  if (text == "recurring") return domain::Kind::kRecurring;
  if (text == "bundle") return domain::Kind::kBundle;
  if (text == "usage") return domain::Kind::kUsage;
  if (text == "service") return domain::Kind::kService;
  return domain::Kind::kOneOff;
}

std::string_view TextOfKind(domain::Kind kind) {
  switch (kind) {
    case domain::Kind::kOneOff:
      return "one_off";
    case domain::Kind::kRecurring:
      return "recurring";
    case domain::Kind::kBundle:
      return "bundle";
    case domain::Kind::kUsage:
      return "usage";
    case domain::Kind::kService:
      return "service";
  }
  __builtin_unreachable();
}

domain::Status StatusOfText(std::string_view text) {
  if (text == "published") return domain::Status::kPublished;
  if (text == "retired") return domain::Status::kRetired;
  return domain::Status::kDraft;
}

pricing::Model ModelOfText(std::string_view text) {
  if (text == "volume") return pricing::Model::kVolume;
  if (text == "graduated") return pricing::Model::kGraduated;
  if (text == "package") return pricing::Model::kPackage;
  if (text == "percentage") return pricing::Model::kPercentage;
  if (text == "percentage_of_lines") return pricing::Model::kPercentageOfLines;
  return pricing::Model::kFlat;
}

std::optional<pricing::PriceTable> PriceTableOf(const v1::Product& product,
                                                std::string_view currency) {
  for (const v1::CurrencyPrice& price : product.pricing().prices()) {
    if (price.currency() != currency) continue;
    return pricing::PriceTable{.model = ModelOf(product.pricing().model()),
                               .unit_price = OptionalDecimal(price.unit_price()).value_or(0),
                               .bands = BandsOf(price),
                               .package =
                                   OptionalDecimal(product.pricing().package_size()).value_or(1),
                               .percent = OptionalDecimal(price.percent()).value_or(0),
                               .minimum = OptionalDecimal(price.minimum_amount()),
                               .maximum = OptionalDecimal(price.maximum_amount()),
                               .price_book = BookOf(product, currency, "")};
  }
  return std::nullopt;
}

std::optional<pricing::ServiceLevelFactor> ServiceLevelOf(const v1::Product& product,
                                                          std::string_view code,
                                                          std::string_view currency) {
  for (const v1::ServiceLevel& level : product.service_levels()) {
    if (level.code() != code) continue;
    pricing::ServiceLevelFactor found{.code = level.code(),
                                      .factor = OptionalDecimal(level.factor()).value_or(1),
                                      .price_book = BookOf(product, currency, code)};
    for (const v1::CurrencyAmount& price : level.prices()) {
      if (price.currency() == currency) found.unit_price = DecimalOf(price.amount());
    }
    return found;
  }
  return std::nullopt;
}

}  // namespace continuo::catalogue::app
