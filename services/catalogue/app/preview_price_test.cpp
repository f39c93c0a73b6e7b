// What a quantity of a product costs, step by step.
#include "continuo/catalogue/v1/price_preview.pb.h"
#include "services/catalogue/app/preview_price.h"
#include "services/catalogue/app/stage_test.h"

namespace continuo::catalogue::app {
namespace {

TEST_CASE("A preview shows every step, and rounds once") {
  Catalogue catalogue;
  const v1::Product product = catalogue.Publish(catalogue.Make(Licence())).value();
  v1::PricePreviewRequest request;
  request.set_product_id(product.id());
  request.set_quantity("51");
  request.set_currency("EUR");
  request.set_service_level("gold");
  const auto preview = [&] { return PreviewPrice(catalogue.app, catalogue.Call(), request); };
  const v1::PricePreview priced = preview().value();
  CHECK(priced.product_version() == 1);
  CHECK(priced.on() == "2026-03-10");
  CHECK(priced.list_unit_price() == "18.005");
  CHECK(priced.net_unit_price() == "27.0075");
  CHECK(priced.net_amount().amount() == "1577.38");  // 51 * 27.0075 + 200 = 1577.3825
  REQUIRE(priced.steps_size() == 3);
  CHECK(priced.steps(0).amount_after() == "1020");
  CHECK(priced.steps(1).amount_after() == "1118.255");
  CHECK(priced.steps(2).amount_after() == "1577.3825");

  request.set_service_level("platinum");
  CHECK(Pointer(preview()) == "/service_level");
  request.clear_service_level();
  request.set_currency("USD");
  CHECK(Pointer(preview()) == "/currency");
  request.set_on("2026-01-01");
  CHECK(Reason(preview()) == "PRODUCT_NOT_ON_SALE");
  request.set_product_id(ids::ProductId::New().ToString());
  CHECK(Pointer(preview()) == "/product_id");
}

}  // namespace
}  // namespace continuo::catalogue::app
