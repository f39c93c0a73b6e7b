// Products, their versions, bundles and suppliers.
#include <optional>

#include "continuo/catalogue/v1/version_difference.pb.h"
#include "services/catalogue/app/stage_test.h"
#include "services/catalogue/app/version_difference.h"

namespace continuo::catalogue::app {
namespace {

TEST_CASE("A draft is stored as it was sent, and completed") {
  Catalogue catalogue;
  v1::Product sent = Licence();
  const v1::Supplier vendor = catalogue.MakeSupplier("V1");
  v1::Purchasing& bought = *sent.add_purchasing();
  bought.set_name("vendor support");
  bought.set_supplier_id(vendor.id());
  bought.set_currency("USD");
  bought.set_unit_cost("3.5");
  bought.mutable_period()->set_unit(v1::PERIOD_UNIT_YEAR);
  bought.mutable_period()->set_count(1);
  (*sent.mutable_metadata())["erp"] = "4711";
  const v1::Product made = catalogue.Make(sent);
  CHECK(made.revision() == 1);
  CHECK(made.version() == 0);
  CHECK(made.status() == v1::PRODUCT_STATUS_DRAFT);
  CHECK(made.pricing().prices(0).bands(1).unit_price() == "18.005");
  CHECK(made.billing().period().count() == 1);
  CHECK(made.billing().proration() == v1::PRORATION_DIALECT_ACTUAL_DAYS);
  CHECK(made.billing().initialise() == v1::INITIALISE_ON_MANUAL);
  CHECK(made.revenue().rule() == v1::REVENUE_RULE_STRAIGHT_LINE_DAYS);
  CHECK(made.purchasing(0).supplier_id() == vendor.id());
  CHECK(made.purchasing(0).timing() == v1::BILLING_TIMING_ADVANCE);
  CHECK(made.metadata().at("erp") == "4711");
  CHECK(made.created_at().seconds() == 1773133200);  // 2026-03-10T09:00:00Z
  CHECK(made.warnings_size() == 0);

  v1::GetProductRequest get;
  get.set_id(made.id());
  CHECK(GetProduct(catalogue.database, catalogue.Call(), get)->SerializeAsString() ==
        made.SerializeAsString());
  get.set_id(ids::ProductId::New().ToString());
  CHECK(Reason(GetProduct(catalogue.database, catalogue.Call(), get)) == "NOT_FOUND");
  CHECK(catalogue.Events() == "supplier.created product.created");
}

TEST_CASE("A product that does not fit together is refused at its field, a second code too") {
  Catalogue catalogue;
  v1::CreateProductRequest request;
  *request.mutable_product() = Licence();
  request.mutable_product()->clear_term();
  CHECK(Pointer(CreateProduct(catalogue.database, catalogue.Call(), request)) == "/term");
  *request.mutable_product() = Installation();
  v1::Purchasing& bought = *request.mutable_product()->add_purchasing();
  bought.set_name("parts");
  bought.set_unit_cost("1");
  bought.set_currency("USD");
  bought.set_supplier_id(ids::SupplierId::New().ToString());
  CHECK(Pointer(CreateProduct(catalogue.database, catalogue.Call(), request)) ==
        "/purchasing/0/supplier_id");
  *request.mutable_product() = Installation();
  CHECK(CreateProduct(catalogue.database, catalogue.Call(), request));
  CHECK(Reason(CreateProduct(catalogue.database, catalogue.Call(), request)) ==
        "PRODUCT_CODE_TAKEN");
}

TEST_CASE("A change needs the revision that it saw, and checks the whole product again") {
  Catalogue catalogue;
  const v1::Product made = catalogue.Make(Licence());
  v1::UpdateProductRequest request;
  request.set_id(made.id());
  request.mutable_product()->set_name("Seat");
  request.add_update_mask("name");
  CHECK(Reason(UpdateProduct(catalogue.database, catalogue.At(7), request)) == "ETAG_MISMATCH");
  const v1::Product changed = UpdateProduct(catalogue.database, catalogue.At(1), request).value();
  CHECK(changed.revision() == 2);
  CHECK(changed.name() == "Seat");
  CHECK(changed.unit() == "seat");

  request.add_update_mask("term");
  CHECK(Pointer(UpdateProduct(catalogue.database, catalogue.At(2), request)) == "/term");
  request.clear_update_mask();
  request.add_update_mask("code");
  request.mutable_product()->set_code("OTHER");
  CHECK(Pointer(UpdateProduct(catalogue.database, catalogue.At(2), request)) == "/code");
  request.set_id(ids::ProductId::New().ToString());
  CHECK(Reason(UpdateProduct(catalogue.database, catalogue.At(2), request)) == "NOT_FOUND");
}

TEST_CASE("A published version never changes, and the one on sale is told by the day") {
  Catalogue catalogue;
  v1::Product product = catalogue.Make(Installation());
  CHECK(Reason(catalogue.Version(product, 0)) == "PRODUCT_NOT_ON_SALE");
  product = catalogue.Publish(product).value();
  CHECK(product.version() == 1);
  CHECK(product.status() == v1::PRODUCT_STATUS_PUBLISHED);

  v1::UpdateProductRequest request;
  request.set_id(product.id());
  *request.mutable_product() = Installation();
  request.mutable_product()->mutable_pricing()->mutable_prices(0)->set_unit_price("1600");
  request.add_update_mask("pricing");
  REQUIRE(UpdateProduct(catalogue.database, catalogue.Call(), request));
  REQUIRE(catalogue.Publish(product, "2026-07-01"));

  const auto price = [](const v1::ProductVersion& version) {
    return version.product().pricing().prices(0).unit_price();
  };
  CHECK(price(*catalogue.Version(product, 1)) == "1500");
  CHECK(price(*catalogue.Version(product, 2)) == "1600");
  CHECK(Reason(catalogue.Version(product, 3)) == "NOT_FOUND");
  CHECK(catalogue.Version(product, 0)->version() == 1);
  CHECK(catalogue.Version(product, 0)->effective_from() == "2026-03-10");
  CHECK(catalogue.Version(product, 0, "2026-06-30")->version() == 1);
  CHECK(catalogue.Version(product, 0, "2026-07-01")->version() == 2);
  CHECK(catalogue.Version(product, 0, "2026-07-01")->product().version() == 2);
  CHECK(Reason(catalogue.Version(product, 0, "2026-03-09")) == "PRODUCT_NOT_ON_SALE");
  REQUIRE(catalogue.Publish(product, "2026-07-01"));
  CHECK(catalogue.Version(product, 0, "2026-07-01")->version() == 3);
  CHECK_THROWS(catalogue.test.Execute("UPDATE catalogue.product_version SET version = 9"));

  v1::ListProductVersionsRequest list;
  list.set_product_id(product.id());
  CHECK(ListProductVersions(catalogue.database, catalogue.Call(), list)->data_size() == 3);
  list.set_product_id(ids::ProductId::New().ToString());
  CHECK(Reason(ListProductVersions(catalogue.database, catalogue.Call(), list)) == "NOT_FOUND");
}

TEST_CASE("Two versions differ in the fields that a caller can point at, in either direction") {
  Catalogue catalogue;
  const v1::Product product = catalogue.Publish(catalogue.Make(Licence())).value();
  REQUIRE(catalogue.Publish(product));
  v1::UpdateProductRequest request;
  request.set_id(product.id());
  *request.mutable_product() = Licence();
  v1::Product& changed = *request.mutable_product();
  changed.set_name("Licence");
  v1::CurrencyPrice& euros = *changed.mutable_pricing()->mutable_prices(0);
  euros.mutable_bands(0)->set_unit_price("19");
  v1::CurrencyPrice& dollars = *changed.mutable_pricing()->add_prices();
  dollars = euros;
  dollars.set_currency("USD");
  changed.clear_service_levels();
  for (const char* field : {"name", "pricing", "service_levels"}) request.add_update_mask(field);
  REQUIRE(UpdateProduct(catalogue.database, catalogue.Call(), request));
  REQUIRE(catalogue.Publish(product, "2026-07-01"));

  const auto compare = [&](int from, std::optional<int> to) {
    v1::GetProductVersionDifferenceRequest asked;
    asked.set_product_id(product.id());
    asked.set_version(from);
    if (to) asked.set_to(*to);
    return GetProductVersionDifference(catalogue.database, catalogue.Call(), asked);
  };
  CHECK(compare(1, 2)->fields().empty());
  const v1::ProductVersionDifference ahead = compare(2, 3).value();
  const v1::ProductVersionDifference back = compare(3, 2).value();
  REQUIRE(ahead.fields_size() == 4);
  REQUIRE(back.fields_size() == 4);
  std::map<std::string, std::pair<std::string, std::string>> told;
  for (int i = 0; i < 4; ++i) {
    told[ahead.fields(i).field()] = {ahead.fields(i).before(), ahead.fields(i).after()};
    CHECK(ahead.fields(i).field() == back.fields(i).field());
    CHECK(ahead.fields(i).before() == back.fields(i).after());
    CHECK(ahead.fields(i).after() == back.fields(i).before());
  }
  using Sides = std::pair<std::string, std::string>;
  CHECK(told["/name"] == Sides{"\"Licence per seat\"", "\"Licence\""});
  CHECK(told["/pricing/prices/0/bands/0/unit_price"] == Sides{"\"20\"", "\"19\""});
  CHECK(told["/pricing/prices/1"].first == "null");
  CHECK(told["/pricing/prices/1"].second.find("\"USD\"") != std::string::npos);
  CHECK(told["/service_levels/0"].second == "null");
  CHECK(compare(1, std::nullopt)->to_version() == 3);
  CHECK(Reason(compare(1, 4)) == "NOT_FOUND");
  CHECK(Reason(compare(4, 1)) == "NOT_FOUND");
}

TEST_CASE("A retired product is neither sold nor changed; its versions stay") {
  Catalogue catalogue;
  const v1::Product product = catalogue.Publish(catalogue.Make(Installation())).value();
  CHECK(catalogue.Retire(product)->status() == v1::PRODUCT_STATUS_RETIRED);
  CHECK(Reason(catalogue.Retire(product)) == "PRODUCT_RETIRED");
  CHECK(Reason(catalogue.Publish(product)) == "PRODUCT_RETIRED");
  CHECK(Reason(catalogue.Version(product, 0)) == "PRODUCT_RETIRED");
  CHECK(catalogue.Version(product, 1)->version() == 1);
  CHECK(catalogue.Events() == "product.created product.published product.retired");
}

TEST_CASE("A bundle is published while its components are sold") {
  Catalogue catalogue;
  const v1::Product part = catalogue.Make(Installation());
  v1::Product bundle;
  bundle.set_code("SUITE");
  bundle.set_name("Suite");
  bundle.set_kind(v1::PRODUCT_KIND_BUNDLE);
  bundle.add_components()->set_product_id(part.id());
  bundle.mutable_components(0)->set_quantity("1");
  v1::CreateProductRequest request;
  *request.mutable_product() = bundle;
  CHECK(Pointer(CreateProduct(catalogue.database, catalogue.Call(), request)) ==
        "/components/0/product_id");
  REQUIRE(catalogue.Publish(part));
  const v1::Product made = catalogue.Make(bundle);
  CHECK_FALSE(made.has_revenue());
  REQUIRE(catalogue.Retire(part));
  const Result<v1::Product> refused = catalogue.Publish(made);
  CHECK(Reason(refused) == "PRODUCT_NOT_VALID");
  CHECK(Pointer(refused) == "/components/0/product_id");
}

TEST_CASE("Products are found by code, kind, status and text") {
  Catalogue catalogue;
  catalogue.Make(Installation());
  REQUIRE(catalogue.Publish(catalogue.Make(Licence())));
  const auto count = [&](auto change) {
    v1::ListProductsRequest request;
    change(request);
    const Result<v1::ListProductsResponse> found =
        ListProducts(catalogue.database, catalogue.Call(), request);
    return found ? found->data_size() : -1;
  };
  CHECK(count([](auto& r) { r.set_limit(25); }) == 2);
  CHECK(count([](auto& r) { r.set_code("SEAT"); }) == 1);
  CHECK(count([](auto& r) { r.set_code("seat"); }) == 0);
  CHECK(count([](auto& r) { r.set_kind(v1::PRODUCT_KIND_ONE_OFF); }) == 1);
  CHECK(count([](auto& r) { r.set_status(v1::PRODUCT_STATUS_PUBLISHED); }) == 1);
  CHECK(count([](auto& r) { r.set_q("per seat"); }) == 1);
}

TEST_CASE("Suppliers are added, changed and found") {
  Catalogue catalogue;
  const v1::Supplier made = catalogue.MakeSupplier("V1");
  CHECK(made.payment_days() == 30);
  v1::CreateSupplierRequest again;
  *again.mutable_supplier() = made;
  CHECK(Reason(CreateSupplier(catalogue.database, catalogue.Call(), again)) ==
        "SUPPLIER_CODE_TAKEN");
  v1::UpdateSupplierRequest update;
  update.set_id(made.id());
  update.mutable_supplier()->set_payment_days(0);
  update.mutable_supplier()->set_currency("USD");
  update.add_update_mask("payment_days");
  update.add_update_mask("currency");
  CHECK(Reason(UpdateSupplier(catalogue.database, catalogue.At(9), update)) == "ETAG_MISMATCH");
  const v1::Supplier changed =
      UpdateSupplier(catalogue.database, catalogue.At(1), update).value();
  CHECK(changed.payment_days() == 0);
  CHECK(changed.currency() == "USD");
  CHECK(changed.name() == "Vendor Inc.");
  v1::GetSupplierRequest get;
  get.set_id(made.id());
  CHECK(GetSupplier(catalogue.database, catalogue.Call(), get)->revision() == 2);
  get.set_id(ids::SupplierId::New().ToString());
  CHECK(Reason(GetSupplier(catalogue.database, catalogue.Call(), get)) == "NOT_FOUND");
  v1::ListSuppliersRequest list;
  list.set_code("V1");
  CHECK(ListSuppliers(catalogue.database, catalogue.Call(), list)->data_size() == 1);
}

}  // namespace
}  // namespace continuo::catalogue::app
