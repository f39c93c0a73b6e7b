#include "services/catalogue/app/preview_price.h"

#include "continuo/catalogue/v1/price_preview.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "libs/money/money.h"
#include "libs/postgres/database.h"
#include "services/catalogue/app/product_shape.h"
#include "services/catalogue/app/product_versions.h"

namespace continuo::catalogue::app {
namespace {

Result<std::optional<pricing::ServiceLevelFactor>> LevelAsked(
    const v1::Product& product, const v1::PricePreviewRequest& request) {
  if (request.service_level().empty()) return std::nullopt;
  const std::optional<pricing::ServiceLevelFactor> level =
      ServiceLevelOf(product, request.service_level(), request.currency());
  if (!level) {
    return Invalid("/service_level", "REFERENCE_NOT_FOUND",
                   "Product " + product.code() + " has no service level " +
                       request.service_level() + ". Name one of its levels, or none.");
  }
  return level;
}

Result<v1::PricePreview> Preview(const v1::ProductVersion& version,
                                 const v1::PricePreviewRequest& request) {
  const v1::Product& product = version.product();
  if (product.kind() == v1::PRODUCT_KIND_BUNDLE) {
    return FailedPrecondition("BUNDLE_HAS_NO_PRICE",
                              "Product " + product.code() +
                                  " is a bundle. Preview the price of its components.",
                              {{"product_id", product.id()}});
  }
  const std::optional<pricing::PriceTable> table = PriceTableOf(product, request.currency());
  if (!table) {
    return Invalid("/currency", "NO_PRICE",
                   "Product " + product.code() + " has no price in " + request.currency() +
                       ". Name one of its currencies.");
  }
  ASSIGN_OR_RETURN(const auto level, LevelAsked(product, request));
  ASSIGN_OR_RETURN(const money::Decimal quantity, money::Decimal::Parse(request.quantity()));
  pricing::Waterfall way;
  ASSIGN_OR_RETURN(const pricing::Price price,
                   pricing::CataloguePrice(quantity, *table, level, {}, &way));
  ASSIGN_OR_RETURN(const money::Currency currency, money::Currency::Parse(request.currency()));
  ASSIGN_OR_RETURN(const money::Money amount, money::Round(price.amount, currency));
  ASSIGN_OR_RETURN(const money::Decimal unit_price,
                   money::RoundToDecimal(price.unit_price, money::Decimal::kPlaces));
  v1::PricePreview preview;
  preview.set_product_id(product.id());
  preview.set_product_version(version.version());
  preview.set_quantity(quantity.ToString());
  preview.set_service_level(request.service_level());
  preview.set_currency(request.currency());
  preview.set_list_unit_price(price.list_unit_price.ToString());
  preview.set_net_unit_price(unit_price.ToString());
  preview.mutable_net_amount()->set_amount(amount.AmountText());
  preview.mutable_net_amount()->set_currency(amount.currency().ToString());
  for (const pricing::Step& step : way.steps()) {
    type::v1::Step& shown = *preview.add_steps();
    shown.set_name(std::string(step.name));
    shown.set_detail(step.DetailText());
    shown.set_amount_before(step.BeforeText());
    shown.set_amount_after(step.AfterText());
  }
  return preview;
}

}  // namespace

Result<v1::PricePreview> PreviewPrice(postgres::Database& database, const rpc::Call& call,
                                      const v1::PricePreviewRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::PricePreview> {
    const calendar::Date on = DayOrToday(tx, request.on());
    Result<v1::ProductVersion> version = VersionOnSale(tx, request.product_id(), on);
    if (!version && version.error().code == Code::kNotFound) {
      return Invalid("/product_id", "REFERENCE_NOT_FOUND",
                     "There is no such product. Check the id.");
    }
    RETURN_IF_FAULT(version);
    ASSIGN_OR_RETURN(v1::PricePreview preview, Preview(*version, request));
    preview.set_on(on.ToString());
    return preview;
  });
}

}  // namespace continuo::catalogue::app
