#include "services/quoting/store/product_json.h"

#include <algorithm>
#include <stdexcept>

#include "continuo/catalogue/v1/product.pb.h"
#include "libs/json/read.h"
#include "libs/json/write.h"

namespace continuo::quoting::store {
namespace {

using money::Decimal;

Result<Decimal> DecimalOr(const std::string& text, Decimal fallback) {
  if (text.empty()) return fallback;
  return Decimal::Parse(text);
}

Result<std::optional<Decimal>> OptionalDecimal(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return Decimal::Parse(text);
}

// Every model is named: a new one that nobody has taught quoting is no flat price.
Result<pricing::Model> ReadModel(catalogue::v1::PricingModel model) {
  switch (model) {
    case catalogue::v1::PRICING_MODEL_FLAT:
    case catalogue::v1::PRICING_MODEL_COST_PLUS:  // the catalogue worked the unit price out
      return pricing::Model::kFlat;
    case catalogue::v1::PRICING_MODEL_VOLUME:
      return pricing::Model::kVolume;
    case catalogue::v1::PRICING_MODEL_GRADUATED:
      return pricing::Model::kGraduated;
    case catalogue::v1::PRICING_MODEL_PACKAGE:
      return pricing::Model::kPackage;
    case catalogue::v1::PRICING_MODEL_PERCENTAGE:
      return pricing::Model::kPercentage;
    case catalogue::v1::PRICING_MODEL_PERCENTAGE_OF_LINES:
      return pricing::Model::kPercentageOfLines;
    default:
      return Internal("The catalogue has a pricing model that quoting does not know.");
  }
}

Result<pricing::PriceTable> ReadTable(const catalogue::v1::Pricing& pricing,
                                      const catalogue::v1::CurrencyPrice& price) {
  pricing::PriceTable table;
  ASSIGN_OR_RETURN(table.model, ReadModel(pricing.model()));
  ASSIGN_OR_RETURN(table.unit_price, DecimalOr(price.unit_price(), 0));
  ASSIGN_OR_RETURN(table.package, DecimalOr(pricing.package_size(), 1));
  ASSIGN_OR_RETURN(table.percent, DecimalOr(price.percent(), 0));
  ASSIGN_OR_RETURN(table.minimum, OptionalDecimal(price.minimum_amount()));
  ASSIGN_OR_RETURN(table.maximum, OptionalDecimal(price.maximum_amount()));
  for (const catalogue::v1::PriceBand& band : price.bands()) {
    money::PriceBand read;
    ASSIGN_OR_RETURN(read.up_to, OptionalDecimal(band.up_to()));
    ASSIGN_OR_RETURN(read.unit_price, Decimal::Parse(band.unit_price()));
    ASSIGN_OR_RETURN(read.flat_fee, DecimalOr(band.flat_fee(), 0));
    table.bands.push_back(std::move(read));
  }
  return table;
}

// The code of the price book that a price in a currency is from, or that of one of its levels.
std::string BookOf(const catalogue::v1::UsedPriceBook& book, const std::string& currency) {
  return book.has_price() && book.currency() == currency ? book.code() : "";
}
std::string BookOfLevel(const catalogue::v1::UsedPriceBook& book, const std::string& level) {
  const auto& levels = book.service_levels();
  return std::find(levels.begin(), levels.end(), level) != levels.end() ? book.code() : "";
}

Result<domain::ServiceLevel> ReadLevel(const catalogue::v1::ServiceLevel& level) {
  domain::ServiceLevel read{.code = level.code()};
  ASSIGN_OR_RETURN(read.factor, DecimalOr(level.factor(), 1));
  for (const catalogue::v1::CurrencyAmount& price : level.prices()) {
    ASSIGN_OR_RETURN(read.unit_prices[price.currency()], Decimal::Parse(price.amount()));
  }
  return read;
}

Result<void> ReadPrices(const catalogue::v1::Product& product, domain::Product* read) {
  for (const catalogue::v1::CurrencyPrice& price : product.pricing().prices()) {
    pricing::PriceTable& table = read->prices[price.currency()];
    ASSIGN_OR_RETURN(table, ReadTable(product.pricing(), price));
    table.price_book = BookOf(product.price_book(), price.currency());
  }
  if (product.pricing().basis() == catalogue::v1::PERCENTAGE_BASIS_NET) {
    read->basis = domain::PercentageBasis::kNet;
  }
  for (const catalogue::v1::CurrencyAmount& ssp : product.revenue().ssp()) {
    ASSIGN_OR_RETURN(read->ssp_unit_prices[ssp.currency()], Decimal::Parse(ssp.amount()));
  }
  for (const catalogue::v1::ServiceLevel& level : product.service_levels()) {
    ASSIGN_OR_RETURN(domain::ServiceLevel known, ReadLevel(level));
    known.price_book = BookOfLevel(product.price_book(), level.code());
    read->service_levels.push_back(std::move(known));
  }
  return {};
}

Result<void> ReadRelations(const catalogue::v1::Product& product, domain::Product* read) {
  for (const catalogue::v1::Relation& relation : product.relations()) {
    ASSIGN_OR_RETURN(const ids::ProductId other, ids::ProductId::Parse(relation.product_id()));
    const bool excludes = relation.kind() == catalogue::v1::RELATION_KIND_EXCLUDES;
    (excludes ? read->excludes_products : read->requires_products).push_back(other);
  }
  return {};
}

Result<void> ReadAttach(const catalogue::v1::Product& product, domain::Product* read) {
  for (const catalogue::v1::Attach& attach : product.attach()) {
    domain::Attach own{.reason = attach.reason()};
    ASSIGN_OR_RETURN(own.product_id, ids::ProductId::Parse(attach.product_id()));
    ASSIGN_OR_RETURN(own.ratio, DecimalOr(attach.ratio(), 1));
    read->attach.push_back(std::move(own));
  }
  return {};
}

Failure NotSold(const catalogue::v1::Product& product, const std::string& why) {
  return FailedPrecondition("PRODUCT_NOT_SOLD",
                            "Product " + product.code() + " " + why +
                                ". Complete it in the catalogue and publish it again.",
                            {{"product_id", product.id()}});
}

// A part of a price, to the eight places that prices have; an empty one stays so.
void Scale(const money::Ratio& part, std::string* text) {
  if (text->empty()) return;
  const Decimal price = Decimal::Parse(*text).value();
  *text = money::RoundToDecimal(price.ToRatio() * part, Decimal::kPlaces).value().ToString();
}

void ScalePrices(const money::Ratio& part, catalogue::v1::Product* product) {
  for (catalogue::v1::CurrencyPrice& price : *product->mutable_pricing()->mutable_prices()) {
    Scale(part, price.mutable_unit_price());
    Scale(part, price.mutable_percent());
    Scale(part, price.mutable_minimum_amount());
    Scale(part, price.mutable_maximum_amount());
    for (catalogue::v1::PriceBand& band : *price.mutable_bands()) {
      Scale(part, band.mutable_unit_price());
      Scale(part, band.mutable_flat_fee());
    }
  }
  for (catalogue::v1::ServiceLevel& level : *product->mutable_service_levels()) {
    for (catalogue::v1::CurrencyAmount& price : *level.mutable_prices()) {
      Scale(part, price.mutable_amount());
    }
  }
  if (!product->has_revenue()) return;
  for (catalogue::v1::CurrencyAmount& ssp : *product->mutable_revenue()->mutable_ssp()) {
    Scale(part, ssp.mutable_amount());
  }
}

}  // namespace

Result<domain::BundlePriceMethod> ReadMethod(catalogue::v1::BundlePriceMethod method) {
  switch (method) {
    case catalogue::v1::BUNDLE_PRICE_METHOD_UNSPECIFIED:
    case catalogue::v1::BUNDLE_PRICE_METHOD_SUM:
      return domain::BundlePriceMethod::kSum;
    case catalogue::v1::BUNDLE_PRICE_METHOD_DISCOUNT:
      return domain::BundlePriceMethod::kDiscount;
    case catalogue::v1::BUNDLE_PRICE_METHOD_OVERRIDE:
      return domain::BundlePriceMethod::kOverride;
    default:
      return Internal("The catalogue has a bundle price method that quoting does not know.");
  }
}

Result<domain::Period> ReadPeriod(const catalogue::v1::Period& period) {
  using domain::PeriodUnit;
  const int count = std::max(period.count(), 1);
  switch (period.unit()) {
    case catalogue::v1::PERIOD_UNIT_DAY:
      return domain::Period{PeriodUnit::kDay, count};
    case catalogue::v1::PERIOD_UNIT_WEEK:
      return domain::Period{PeriodUnit::kWeek, count};
    case catalogue::v1::PERIOD_UNIT_MONTH:
      return domain::Period{PeriodUnit::kMonth, count};
    case catalogue::v1::PERIOD_UNIT_QUARTER:
      return domain::Period{PeriodUnit::kQuarter, count};
    case catalogue::v1::PERIOD_UNIT_YEAR:
      return domain::Period{PeriodUnit::kYear, count};
    default:
      return Internal("A period of the catalogue has no unit.");
  }
}

Result<domain::Product> ReadProduct(const catalogue::v1::Product& product, int version) {
  if (product.pricing().prices().empty()) return NotSold(product, "has no price");
  ASSIGN_OR_RETURN(const ids::ProductId id, ids::ProductId::Parse(product.id()));
  domain::Product read{.id = id,
                       .version = version,
                       .code = product.code(),
                       .name = product.name(),
                       .unit = product.unit()};
  const bool recurs = product.kind() == catalogue::v1::PRODUCT_KIND_RECURRING ||
                      product.kind() == catalogue::v1::PRODUCT_KIND_USAGE;
  if (recurs) {
    if (!product.billing().has_period()) return NotSold(product, "has no billing period");
    domain::Recurrence recurrence;
    ASSIGN_OR_RETURN(recurrence.billing, ReadPeriod(product.billing().period()));
    if (product.term().has_length()) {
      ASSIGN_OR_RETURN(recurrence.term, ReadPeriod(product.term().length()));
    }
    read.recurrence = recurrence;
  }
  RETURN_IF_FAULT(ReadPrices(product, &read));
  RETURN_IF_FAULT(ReadRelations(product, &read));
  RETURN_IF_FAULT(ReadAttach(product, &read));
  json::WriteMessage(product, &read.frozen_json);
  return read;
}

Result<domain::Offer> ReadBundle(const catalogue::v1::Product& product, int version) {
  ASSIGN_OR_RETURN(const ids::ProductId id, ids::ProductId::Parse(product.id()));
  domain::Offer bundle{.id = id, .version = version, .code = product.code()};
  const catalogue::v1::BundlePrice& price = product.bundle_price();
  ASSIGN_OR_RETURN(bundle.method, ReadMethod(price.method()));
  ASSIGN_OR_RETURN(bundle.discount_percent, DecimalOr(price.discount_percent(), 0));
  for (const catalogue::v1::CurrencyAmount& amount : price.prices()) {
    ASSIGN_OR_RETURN(bundle.prices[amount.currency()], Decimal::Parse(amount.amount()));
  }
  bundle.price_book = product.price_book().code();
  for (const catalogue::v1::OptionGroup& group : product.option_groups()) {
    bundle.option_groups.push_back({group.code(), group.min(), group.max()});
  }
  return bundle;
}

Result<domain::Part> ReadPart(const catalogue::v1::Component& component) {
  domain::Part part{.option_group = component.option_group()};
  ASSIGN_OR_RETURN(part.quantity, Decimal::Parse(component.quantity()));
  ASSIGN_OR_RETURN(part.min_quantity, OptionalDecimal(component.min_quantity()));
  ASSIGN_OR_RETURN(part.max_quantity, OptionalDecimal(component.max_quantity()));
  return part;
}

domain::Product ParseProduct(std::string_view frozen_json, int version) {
  catalogue::v1::Product product;
  if (!json::ReadMessage(frozen_json, &product, json::Direction::kResponse)) {
    throw std::logic_error("A frozen product does not read: " + std::string(frozen_json));
  }
  Result<domain::Product> read = ReadProduct(product, version);
  if (!read) throw std::logic_error("A frozen product is not whole: " + read.error().message);
  return *std::move(read);
}

domain::Product BilledOnceOver(const domain::Product& product, int days, const money::Ratio& part) {
  catalogue::v1::Product message;
  if (!json::ReadMessage(product.frozen_json, &message, json::Direction::kResponse)) {
    throw std::logic_error("A frozen product does not read: " + product.frozen_json);
  }
  catalogue::v1::Billing& billing = *message.mutable_billing();
  billing.mutable_period()->set_unit(catalogue::v1::PERIOD_UNIT_DAY);
  billing.mutable_period()->set_count(days);
  billing.clear_alignment();
  *message.mutable_term()->mutable_length() = billing.period();
  ScalePrices(part, &message);
  Result<domain::Product> billed = ReadProduct(message, product.version);
  if (!billed) throw std::logic_error("A part of a product is not whole: " + billed.error().message);
  return *std::move(billed);
}

}  // namespace continuo::quoting::store
