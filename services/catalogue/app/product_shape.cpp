#include "services/catalogue/app/product_shape.h"

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

pricing::Model ModelOf(v1::PricingModel model) {
  return model == v1::PRICING_MODEL_VOLUME ? pricing::Model::kVolume : pricing::Model::kFlat;
}

std::vector<money::PriceBand> BandsOf(const v1::CurrencyPrice& price) {
  std::vector<money::PriceBand> bands;
  for (const v1::PriceBand& band : price.bands()) {
    bands.push_back({.up_to = OptionalDecimal(band.up_to()),
                     .unit_price = DecimalOf(band.unit_price()),
                     .flat_fee = OptionalDecimal(band.flat_fee()).value_or(0)});
  }
  return bands;
}

domain::Pricing PricingOf(const v1::Pricing& pricing) {
  domain::Pricing shape{.model = ModelOf(pricing.model())};
  for (const v1::CurrencyPrice& price : pricing.prices()) {
    shape.prices.push_back({price.currency(), OptionalDecimal(price.unit_price()), BandsOf(price)});
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
  if (kind == v1::PRODUCT_KIND_RECURRING) return domain::Kind::kRecurring;
  if (kind == v1::PRODUCT_KIND_BUNDLE) return domain::Kind::kBundle;
  return domain::Kind::kOneOff;
}

}  // namespace

domain::Product ShapeOf(const v1::Product& product) {
  domain::Product shape{.kind = KindOf(product.kind())};
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
  for (const v1::ServiceLevel& level : product.service_levels()) {
    shape.service_level_codes.push_back(level.code());
  }
  for (const v1::Purchasing& purchase : product.purchasing()) {
    domain::Purchase bought{.name = purchase.name(),
                            .is_periodic = purchase.has_period(),
                            .has_timing = purchase.timing() != v1::BILLING_TIMING_UNSPECIFIED};
    if (!purchase.supplier_id().empty()) {
      bought.supplier = ids::SupplierId::Parse(purchase.supplier_id()).value();
    }
    shape.purchases.push_back(std::move(bought));
  }
  for (const v1::Component& component : product.components()) {
    shape.components.push_back({ids::ProductId::Parse(component.product_id()).value(),
                                DecimalOf(component.quantity())});
  }
  return shape;
}

domain::Kind KindOfText(std::string_view text) {
  if (text == "recurring") return domain::Kind::kRecurring;
  if (text == "bundle") return domain::Kind::kBundle;
  return domain::Kind::kOneOff;
}

domain::Status StatusOfText(std::string_view text) {
  if (text == "published") return domain::Status::kPublished;
  if (text == "retired") return domain::Status::kRetired;
  return domain::Status::kDraft;
}

std::optional<pricing::PriceTable> PriceTableOf(const v1::Product& product,
                                                std::string_view currency) {
  for (const v1::CurrencyPrice& price : product.pricing().prices()) {
    if (price.currency() != currency) continue;
    return pricing::PriceTable{.model = ModelOf(product.pricing().model()),
                               .unit_price = OptionalDecimal(price.unit_price()).value_or(0),
                               .bands = BandsOf(price)};
  }
  return std::nullopt;
}

std::optional<pricing::ServiceLevelFactor> ServiceLevelOf(const v1::Product& product,
                                                          std::string_view code) {
  for (const v1::ServiceLevel& level : product.service_levels()) {
    if (level.code() != code) continue;
    return pricing::ServiceLevelFactor{level.code(), OptionalDecimal(level.factor()).value_or(1)};
  }
  return std::nullopt;
}

}  // namespace continuo::catalogue::app
