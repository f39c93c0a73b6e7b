#include "services/quoting/store/product_json.h"

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

Result<pricing::PriceTable> ReadTable(const catalogue::v1::Pricing& pricing,
                                      const catalogue::v1::CurrencyPrice& price) {
  pricing::PriceTable table;
  if (pricing.model() == catalogue::v1::PRICING_MODEL_FLAT) {
    ASSIGN_OR_RETURN(table.unit_price, DecimalOr(price.unit_price(), 0));
    return table;
  }
  table.model = pricing::Model::kVolume;
  for (const catalogue::v1::PriceBand& band : price.bands()) {
    money::PriceBand read;
    if (!band.up_to().empty()) {
      ASSIGN_OR_RETURN(read.up_to, Decimal::Parse(band.up_to()));
    }
    ASSIGN_OR_RETURN(read.unit_price, Decimal::Parse(band.unit_price()));
    ASSIGN_OR_RETURN(read.flat_fee, DecimalOr(band.flat_fee(), 0));
    table.bands.push_back(std::move(read));
  }
  return table;
}

Result<void> ReadPrices(const catalogue::v1::Product& product, domain::Product* read) {
  for (const catalogue::v1::CurrencyPrice& price : product.pricing().prices()) {
    ASSIGN_OR_RETURN(read->prices[price.currency()], ReadTable(product.pricing(), price));
  }
  for (const catalogue::v1::CurrencyAmount& ssp : product.revenue().ssp()) {
    ASSIGN_OR_RETURN(read->ssp_unit_prices[ssp.currency()], Decimal::Parse(ssp.amount()));
  }
  for (const catalogue::v1::ServiceLevel& level : product.service_levels()) {
    ASSIGN_OR_RETURN(const Decimal factor, DecimalOr(level.factor(), 1));
    read->service_levels.push_back({level.code(), factor});
  }
  return {};
}

Failure NotSold(const catalogue::v1::Product& product, const std::string& why) {
  return FailedPrecondition("PRODUCT_NOT_SOLD",
                            "Product " + product.code() + " " + why +
                                ". Complete it in the catalogue and publish it again.",
                            {{"product_id", product.id()}});
}

}  // namespace

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
  if (product.kind() == catalogue::v1::PRODUCT_KIND_RECURRING) {
    if (!product.billing().has_period()) return NotSold(product, "has no billing period");
    domain::Recurrence recurrence;
    ASSIGN_OR_RETURN(recurrence.billing, ReadPeriod(product.billing().period()));
    if (product.term().has_length()) {
      ASSIGN_OR_RETURN(recurrence.term, ReadPeriod(product.term().length()));
    }
    read.recurrence = recurrence;
  }
  RETURN_IF_FAULT(ReadPrices(product, &read));
  json::WriteMessage(product, &read.frozen_json);
  return read;
}

std::optional<domain::Period> ParsePeriod(std::optional<std::string_view> json) {
  if (!json) return std::nullopt;
  catalogue::v1::Period period;
  if (!json::ReadMessage(*json, &period, json::Direction::kStored)) {
    throw std::logic_error("A frozen period does not read: " + std::string(*json));
  }
  return ReadPeriod(period).value();
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

}  // namespace continuo::quoting::store
