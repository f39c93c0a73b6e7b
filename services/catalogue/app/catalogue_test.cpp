// The use cases on a real Postgres: each statement is prepared and run.
#include <map>
#include <optional>
#include <set>

#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/index_series.pb.h"
#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/catalogue/v1/price_import.pb.h"
#include "continuo/catalogue/v1/price_preview.pb.h"
#include "continuo/catalogue/v1/supplier.pb.h"
#include "continuo/catalogue/v1/version_adoption.pb.h"
#include "continuo/catalogue/v1/version_difference.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "continuo/type/v1/http_answer.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/ids/kinds.h"
#include "libs/json/read.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/catalogue/app/book_prices.h"
#include "services/catalogue/app/index_series.h"
#include "services/catalogue/app/preview_price.h"
#include "services/catalogue/app/price_book_entries.h"
#include "services/catalogue/app/price_books.h"
#include "services/catalogue/app/price_imports.h"
#include "services/catalogue/app/product_versions.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/app/suppliers.h"
#include "services/catalogue/app/version_adoptions.h"
#include "services/catalogue/app/version_difference.h"
#include "services/catalogue/domain/price_file.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

std::set<std::string>& StatementsRun() {
  static std::set<std::string> names;
  return names;
}

// Knows accounts, each with its segment, and every division but one.
struct FakePeers : rpc::Peers {
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string& method,
                            const google::protobuf::Message& request,
                            google::protobuf::Message& answer) override {
    const auto* field = request.GetDescriptor()->FindFieldByName("id");
    const std::string id = request.GetReflection()->GetString(request, field);
    if (method.ends_with("/GetDivision")) {
      if (id == unknown_division) return NotFound("division", id);
      directory::v1::Division division;
      division.set_id(id);
      answer.CopyFrom(division);
      return {};
    }
    const auto found = segments.find(id);
    if (found == segments.end()) return NotFound("account", id);
    crm::v1::Account account;
    account.set_id(id);
    account.set_segment(found->second);
    answer.CopyFrom(account);
    return {};
  }
  std::vector<std::string> services() const override { return {}; }
  std::map<std::string, std::string> segments;  // by account
  std::string unknown_division = ids::DivisionId::New().ToString();
};

struct Catalogue {
  Catalogue()
      : database([&] {
          test.Migrate("catalogue", {events::Migrations(), access::Migrations(), sql::migrations()});
          test.SetClock("catalogue", "2026-03-10T09:00:00Z");
          postgres::DatabaseConfig config = test.Config("catalogue");
          config.on_statement = [](const postgres::Statement& statement, auto) {
            if (statement.service == "catalogue") StatementsRun().emplace(statement.name);
          };
          return config;
        }()),
        app{database, peers} {}

  rpc::Call Call() const {
    rpc::Call call;
    call.principal.user_id = user;
    call.principal.sees_all = true;
    call.method = "/continuo.catalogue.v1.CatalogueService/ListProducts";
    return call;
  }
  rpc::Call At(int64_t revision) const {
    rpc::Call call = Call();
    call.if_match = std::to_string(revision);
    return call;
  }

  v1::Product Make(const v1::Product& product) {
    v1::CreateProductRequest request;
    *request.mutable_product() = product;
    const Result<v1::Product> made = CreateProduct(database, Call(), request);
    INFO((made ? "" : made.error().message));
    REQUIRE(made);
    return *made;
  }
  Result<v1::Product> Publish(const v1::Product& product, const std::string& from = "",
                              bool new_customers_only = false) {
    v1::PublishProductRequest request;
    request.set_new_customers_only(new_customers_only);
    request.set_id(product.id());
    request.set_effective_from(from);
    return PublishProduct(database, Call(), request);
  }
  Result<v1::Product> Retire(const v1::Product& product) {
    v1::RetireProductRequest request;
    request.set_id(product.id());
    return RetireProduct(database, Call(), request);
  }
  Result<v1::ProductVersion> Version(const v1::Product& product, int number,
                                     const std::string& on = "") {
    v1::GetProductVersionRequest request;
    request.set_product_id(product.id());
    request.set_version(number);
    request.set_on(on);
    return GetProductVersion(database, Call(), request);
  }
  v1::Supplier MakeSupplier(const std::string& code) {
    v1::CreateSupplierRequest request;
    request.mutable_supplier()->set_code(code);
    request.mutable_supplier()->set_name("Vendor Inc.");
    return CreateSupplier(database, Call(), request).value();
  }
  std::string Events() const {
    return test.Execute("SELECT string_agg(type, ' ' ORDER BY id) FROM catalogue.event_log");
  }

  testing::TestDatabase test;
  postgres::Database database;
  FakePeers peers;
  App app;
  std::string user = ids::UserId::New().ToString();
};

template <class T>
std::string Reason(const Result<T>& result) {
  return result ? "" : result.error().reason;
}
template <class T>
std::string Pointer(const Result<T>& result) {
  return result || result.error().violations.empty() ? "" : result.error().violations[0].pointer;
}

v1::Product Installation() {
  v1::Product product;
  product.set_code("INSTALL");
  product.set_name("Installation");
  product.set_kind(v1::PRODUCT_KIND_ONE_OFF);
  product.mutable_pricing()->set_model(v1::PRICING_MODEL_FLAT);
  v1::CurrencyPrice& price = *product.mutable_pricing()->add_prices();
  price.set_currency("EUR");
  price.set_unit_price("1500");
  return product;
}

v1::Product Licence() {
  v1::Product product;
  product.set_code("SEAT");
  product.set_name("Licence per seat");
  product.set_kind(v1::PRODUCT_KIND_RECURRING);
  product.set_unit("seat");
  product.mutable_pricing()->set_model(v1::PRICING_MODEL_VOLUME);
  v1::CurrencyPrice& price = *product.mutable_pricing()->add_prices();
  price.set_currency("EUR");
  v1::PriceBand& first = *price.add_bands();
  first.set_up_to("50");
  first.set_unit_price("20");
  v1::PriceBand& second = *price.add_bands();
  second.set_unit_price("18.005");
  second.set_flat_fee("200");
  product.mutable_billing()->mutable_period()->set_unit(v1::PERIOD_UNIT_MONTH);
  product.mutable_billing()->mutable_period()->set_count(1);
  product.mutable_billing()->set_timing(v1::BILLING_TIMING_ADVANCE);
  product.mutable_term()->mutable_length()->set_unit(v1::PERIOD_UNIT_MONTH);
  product.mutable_term()->mutable_length()->set_count(36);
  v1::ServiceLevel& gold = *product.add_service_levels();
  gold.set_code("gold");
  gold.set_name("Gold");
  gold.set_factor("1.5");
  return product;
}

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

template <class Request>
Request Json(const std::string& json) {
  Request request;
  REQUIRE(json::ReadMessage(json, &request, json::Direction::kResponse));
  return request;
}

struct PriceBooks : Catalogue {
  PriceBooks() {
    peers.segments[school] = "education";
    peers.segments[company] = "";
    v1::Product seat = Licence();
    seat.mutable_service_levels()->Mutable(0)->set_factor("1.5");
    licence = Publish(Make(seat)).value();
    installation = Publish(Make(Installation())).value();
  }

  // `fields` of the book besides code, name and currency.
  Result<v1::PriceBook> Draft(const std::string& code, const std::string& fields = "",
                              const std::string& from = "2026-01-01") {
    return CreatePriceBook(app, Call(),
                           Json<v1::CreatePriceBookRequest>(
                               R"({"price_book":{"code":")" + code + R"(","name":"Book",)" + fields +
                               R"("currency":"EUR","valid_from":")" + from + R"("}})"));
  }
  Result<v1::PriceBookEntry> Add(const v1::PriceBook& book, const v1::Product& product,
                                 const std::string& fields) {
    return CreatePriceBookEntry(app, Call(),
                                Json<v1::CreatePriceBookEntryRequest>(
                                    R"({"price_book_id":")" + book.id() +
                                    R"(","entry":{"product_id":")" + product.id() + R"(",)" +
                                    fields + "}}"));
  }
  Result<v1::PriceBook> PublishBook(const v1::PriceBook& book) {
    v1::PublishPriceBookRequest request;
    request.set_id(book.id());
    return PublishPriceBook(app, Call(), request);
  }
  Result<v1::PriceBook> RetireBook(const v1::PriceBook& book) {
    v1::RetirePriceBookRequest request;
    request.set_id(book.id());
    return RetirePriceBook(app, Call(), request);
  }
  // A published book with one unit price for the installation.
  v1::PriceBook Selling(const std::string& code, const std::string& price,
                        const std::string& fields = "", const std::string& from = "2026-01-01") {
    const v1::PriceBook book = Draft(code, fields, from).value();
    REQUIRE(Add(book, installation, R"("unit_price":")" + price + "\""));
    return PublishBook(book).value();
  }
  v1::PricePreview Preview(const v1::Product& product, const std::string& account,
                           const std::string& level = "") {
    v1::PricePreviewRequest request;
    request.set_product_id(product.id());
    request.set_quantity("1");
    request.set_currency("EUR");
    request.set_account_id(account);
    request.set_division_id(division);
    request.set_service_level(level);
    const Result<v1::PricePreview> preview = PreviewPrice(app, Call(), request);
    INFO((preview ? "" : preview.error().message));
    REQUIRE(preview);
    return *preview;
  }

  std::string school = ids::AccountId::New().ToString();
  std::string company = ids::AccountId::New().ToString();
  std::string division = ids::DivisionId::New().ToString();
  v1::Product licence, installation;
};

TEST_CASE("A preview says which price books were looked at, which won, and why others did not") {
  PriceBooks books;
  books.Selling("ALL", "1400");
  books.Selling("EDU", "900", R"("segment":"education",)");
  const v1::PriceBook own =
      books.Selling("SCHOOL", "850", R"("account_id":")" + books.school + R"(",)", "2026-03-10");
  books.Selling("COMPANY", "1", R"("account_id":")" + books.company + R"(",)", "2026-07-01");

  const v1::PricePreview school = books.Preview(books.installation, books.school);
  CHECK(school.net_amount().amount() == "850.00");
  CHECK(school.price_book_id() == own.id());
  CHECK(school.segment() == "education");
  CHECK(school.steps(0).detail() == "price book SCHOOL: 1 at 850");
  REQUIRE(school.price_books_size() == 3);
  CHECK(school.price_books(0).outcome() == v1::PRICE_BOOK_OUTCOME_WON);
  CHECK(school.price_books(1).code() == "EDU");
  CHECK(school.price_books(1).outcome() == v1::PRICE_BOOK_OUTCOME_BEHIND);
  CHECK(school.price_books(2).code() == "ALL");

  const v1::PricePreview company = books.Preview(books.installation, books.company);
  CHECK(company.net_amount().amount() == "1400.00");
  REQUIRE(company.price_books_size() == 3);
  CHECK(company.price_books(0).code() == "ALL");
  CHECK(company.price_books(1).outcome() == v1::PRICE_BOOK_OUTCOME_NOT_YET_VALID);
  CHECK(company.price_books(2).outcome() == v1::PRICE_BOOK_OUTCOME_OTHER_SEGMENT);

  const v1::PricePreview licence = books.Preview(books.licence, books.school);
  CHECK(licence.price_book_id().empty());
  CHECK(licence.steps(0).detail() == "1 at 20");
  CHECK(licence.price_books(0).outcome() == v1::PRICE_BOOK_OUTCOME_NO_ENTRY);

  v1::PricePreviewRequest stranger;
  stranger.set_product_id(books.licence.id());
  stranger.set_quantity("1");
  stranger.set_currency("EUR");
  stranger.set_account_id(ids::AccountId::New().ToString());
  CHECK(Pointer(PreviewPrice(books.app, books.Call(), stranger)) == "/account_id");
  stranger.set_account_id("");
  stranger.set_division_id(books.peers.unknown_division);
  CHECK(Pointer(PreviewPrice(books.app, books.Call(), stranger)) == "/division_id");
}

TEST_CASE("A book prices levels and bundles, and a product in a currency that it had none in") {
  PriceBooks books;
  v1::Product suite;
  suite.set_code("SUITE");
  suite.set_name("Suite");
  suite.set_kind(v1::PRODUCT_KIND_BUNDLE);
  suite.add_components()->set_product_id(books.installation.id());
  suite.mutable_components(0)->set_quantity("1");
  suite.mutable_bundle_price()->set_method(v1::BUNDLE_PRICE_METHOD_OVERRIDE);
  v1::CurrencyAmount& own = *suite.mutable_bundle_price()->add_prices();
  own.set_currency("EUR");
  own.set_amount("1000");
  suite = books.Publish(books.Make(suite)).value();
  const v1::PriceBook book =
      books.Draft("DOLLARS", R"("segment":"education",)").value();
  REQUIRE(books.Add(book, books.licence, R"("service_level":"gold","unit_price":"21")"));
  REQUIRE(books.Add(book, suite, R"("unit_price":"800")"));
  REQUIRE(books.PublishBook(book));

  const v1::PricePreview gold = books.Preview(books.licence, books.school, "gold");
  CHECK(gold.net_amount().amount() == "21.00");
  CHECK(gold.steps(0).detail() == "1 at 20");
  CHECK(gold.steps(2).detail() == "price book DOLLARS: gold, 1 at 21");

  const auto offer = [&](const v1::Product& product, const std::string& segment) {
    v1::GetOfferRequest request;
    request.set_product_id(product.id());
    request.set_currency("EUR");
    request.set_segment(segment);
    request.set_account_id(books.school);
    request.set_division_id(books.division);
    return GetOffer(books.database, books.Call(), request).value().version().product();
  };
  CHECK(offer(suite, "education").bundle_price().prices(0).amount() == "800");
  CHECK(offer(suite, "education").price_book().code() == "DOLLARS");
  CHECK(offer(suite, "").bundle_price().prices(0).amount() == "1000");
  CHECK_FALSE(offer(suite, "").has_price_book());
  CHECK(offer(books.licence, "education").price_book().service_levels(0) == "gold");
  CHECK_FALSE(offer(books.licence, "education").price_book().has_price());
}

TEST_CASE("An offer has a stamp, which changes with the version and with the book") {
  PriceBooks books;
  const auto offer = [&](const std::vector<std::string>& known) {
    v1::GetOfferRequest request;
    request.set_product_id(books.installation.id());
    request.set_currency("EUR");
    request.set_account_id(books.company);
    for (const std::string& stamp : known) request.add_known_stamps(stamp);
    return GetOffer(books.database, books.Call(), request).value();
  };
  const v1::CatalogueOffer first = offer({});
  CHECK(first.version().version() == 1);
  CHECK(offer({"other", first.stamp()}).stamp() == first.stamp());
  CHECK_FALSE(offer({"other", first.stamp()}).has_version());

  const v1::PriceBook book = books.Draft("ALL").value();
  REQUIRE(books.Add(book, books.installation, R"("unit_price":"5")"));
  CHECK_FALSE(offer({first.stamp()}).has_version());  // a draft prices nothing
  REQUIRE(books.PublishBook(book));
  const v1::CatalogueOffer booked = offer({first.stamp()});
  CHECK(booked.version().product().price_book().code() == "ALL");
  CHECK(booked.stamp() != first.stamp());

  REQUIRE(books.Publish(books.installation));
  const v1::CatalogueOffer second = offer({first.stamp(), booked.stamp()});
  CHECK(second.version().version() == 2);
}

TEST_CASE("A draft is filled, a published book never changes, a later one goes before it") {
  PriceBooks books;
  const v1::PriceBook draft = books.Draft("ALL").value();
  CHECK(Reason(books.PublishBook(draft)) == "PRICE_BOOK_EMPTY");
  const v1::PriceBookEntry entry = books.Add(draft, books.installation, R"("unit_price":"5")").value();
  CHECK(Reason(books.Add(draft, books.installation, R"("unit_price":"6")")) ==
        "PRICE_BOOK_ENTRY_EXISTS");
  CHECK(Pointer(books.Add(draft, books.licence, R"("unit_price":"6")")) == "/unit_price");
  v1::Product unknown;
  unknown.set_id(ids::ProductId::New().ToString());
  CHECK(Pointer(books.Add(draft, unknown, R"("unit_price":"6")")) == "/product_id");

  v1::UpdatePriceBookEntryRequest change;
  change.set_price_book_id(draft.id());
  change.set_id(entry.id());
  change.mutable_entry()->set_unit_price("7.5");
  change.add_update_mask("unit_price");
  CHECK(Reason(UpdatePriceBookEntry(books.app, books.At(9), change)) == "ETAG_MISMATCH");
  CHECK(UpdatePriceBookEntry(books.app, books.At(1), change)->unit_price() == "7.5");
  const v1::PriceBookEntry surplus =
      books.Add(draft, books.licence, R"("service_level":"gold","unit_price":"9")").value();
  v1::RemovePriceBookEntryRequest remove;
  remove.set_price_book_id(draft.id());
  remove.set_id(surplus.id());
  REQUIRE(RemovePriceBookEntry(books.app, books.Call(), remove));
  CHECK(Reason(RemovePriceBookEntry(books.app, books.Call(), remove)) == "NOT_FOUND");
  v1::ListPriceBookEntriesRequest list;
  list.set_price_book_id(draft.id());
  CHECK(ListPriceBookEntries(books.app, books.Call(), list)->data_size() == 1);
  v1::GetPriceBookEntryRequest get;
  get.set_price_book_id(draft.id());
  get.set_id(entry.id());
  CHECK(GetPriceBookEntry(books.app, books.Call(), get)->revision() == 2);

  REQUIRE(books.PublishBook(draft));
  CHECK(Reason(books.PublishBook(draft)) == "PRICE_BOOK_NOT_DRAFT");
  CHECK(Reason(books.Add(draft, books.licence, R"("unit_price":"1")")) == "PRICE_BOOK_NOT_DRAFT");
  CHECK(Reason(UpdatePriceBookEntry(books.app, books.Call(), change)) == "PRICE_BOOK_NOT_DRAFT");
  CHECK_THROWS(books.test.Execute("UPDATE catalogue.price_book_entry SET unit_price = 1"));
  CHECK_THROWS(books.test.Execute("DELETE FROM catalogue.price_book_entry"));
  CHECK(books.Preview(books.installation, books.company).net_amount().amount() == "7.50");
  const v1::PriceBook later = books.Selling("LATER", "8", "", "2026-03-10");
  CHECK(books.Preview(books.installation, books.company).net_amount().amount() == "8.00");
  REQUIRE(books.RetireBook(later));
  CHECK(Reason(books.RetireBook(later)) == "PRICE_BOOK_RETIRED");
  CHECK(books.Preview(books.installation, books.company).net_amount().amount() == "7.50");
  CHECK(books.Events().find("price_book.created price_book_entry.created price_book_entry.updated "
                            "price_book_entry.created price_book_entry.removed "
                            "price_book.published") != std::string::npos);
}

TEST_CASE("Of a published book the last day may change, not before today") {
  PriceBooks books;
  const v1::PriceBook book = books.Selling("ALL", "5");
  const auto change = [&](const std::string& field, const std::string& value) {
    return UpdatePriceBook(books.app, books.Call(),
                           Json<v1::UpdatePriceBookRequest>(
                               R"({"id":")" + book.id() + R"(","price_book":{")" + field + R"(":")" +
                               value + R"("},"update_mask":[")" + field + R"("]})"));
  };
  CHECK(Pointer(change("valid_from", "2026-02-01")) == "/valid_from");
  CHECK(Pointer(change("valid_to", "2026-03-09")) == "/valid_to");
  CHECK(Pointer(change("currency", "USD")) == "/currency");
  CHECK(change("valid_to", "2026-03-10")->valid_to() == "2026-03-10");
  CHECK(change("name", "Everybody")->name() == "Everybody");
  const v1::PriceBook draft = books.Draft("NEXT").value();
  CHECK(Reason(books.Draft("NEXT")) == "PRICE_BOOK_CODE_TAKEN");
  CHECK(Pointer(books.Draft("WRONG", R"("valid_to":"2025-12-31",)")) == "/valid_to");
  CHECK(Pointer(books.Draft("WRONG", R"("account_id":")" + ids::AccountId::New().ToString() +
                                         R"(",)")) == "/account_id");
  CHECK(Pointer(books.Draft("WRONG", R"("division_id":")" + books.peers.unknown_division +
                                         R"(",)")) == "/division_id");
  REQUIRE(books.RetireBook(draft));
  CHECK(Reason(books.PublishBook(draft)) == "PRICE_BOOK_RETIRED");
}

TEST_CASE("A book of an account is seen by those who see the account, and prices for everybody") {
  PriceBooks books;
  const v1::PriceBook own =
      books.Selling("SCHOOL", "850", R"("account_id":")" + books.school + R"(",)");
  books.Selling("ALL", "1400");
  rpc::Call stranger = books.Call();
  stranger.principal.sees_all = false;
  v1::GetPriceBookRequest get;
  get.set_id(own.id());
  CHECK(GetPriceBook(books.app, books.Call(), get));
  CHECK(Reason(GetPriceBook(books.app, stranger, get)) == "NOT_FOUND");
  v1::ListPriceBooksRequest list;
  CHECK(ListPriceBooks(books.app, books.Call(), list)->data_size() == 2);
  CHECK(ListPriceBooks(books.app, stranger, list)->data_size() == 1);
  v1::ListPriceBookEntriesRequest entries;
  entries.set_price_book_id(own.id());
  CHECK(Reason(ListPriceBookEntries(books.app, stranger, entries)) == "NOT_FOUND");
}

struct Importing : PriceBooks {
  v1::PriceImport Begin(const v1::PriceBook& book, const char* format = "csv") {
    const auto begun = CreatePriceImport(
        app, Call(),
        Json<v1::CreatePriceImportRequest>(R"({"price_import":{"price_book_id":")" + book.id() +
                                           R"(","format":")" + format + R"("}})"));
    REQUIRE(begun);
    return *begun;
  }
  Result<v1::PriceImport> Take(const v1::PriceImport& import, int64_t line, const std::string& rows,
                               const std::string& type = "text/csv; charset=utf-8") {
    v1::TakePriceRowsRequest request;
    request.set_id(import.id());
    request.set_line(line);
    request.mutable_rows()->set_content_type(type);
    request.mutable_rows()->set_data(rows);
    return TakePriceRows(app, Call(), request);
  }
  std::string Refused(const v1::PriceImport& import) {
    v1::ListRefusedPriceRowsRequest list;
    list.set_price_import_id(import.id());
    std::string refused;
    const auto rows = ListRefusedPriceRows(app, Call(), list).value();
    for (const v1::RefusedPriceRow& row : rows.data()) {
      if (!refused.empty()) refused += "; ";
      refused += std::to_string(row.line()) + " " + row.column() + " " + row.code();
    }
    return refused;
  }
  // The whole export, as a client reads it, and how many pieces it came in.
  std::pair<std::string, int> Export(const v1::PriceBook& book, v1::PriceFileFormat format) {
    std::pair<std::string, int> whole;
    v1::ExportPriceBookEntriesRequest request;
    request.set_price_book_id(book.id());
    request.set_format(format);
    while (true) {
      const auto piece = ExportPriceBookEntries(app, Call(), request).value();
      whole.first += piece.data();
      ++whole.second;
      type::v1::HttpAnswer says;
      REQUIRE(piece.extensions(0).UnpackTo(&says));
      if (says.next().empty()) return whole;
      request.set_after(says.next());
    }
  }
};

TEST_CASE("A file is taken in pieces; bad rows are told, good ones are prices, and it can be read back") {
  Importing importing;
  const v1::PriceBook book = importing.Draft("BULK").value();
  const v1::PriceImport import = importing.Begin(book);
  const std::string first =
      "product_code,service_level,unit_price,bands\n"
      "INSTALL,,5,\nSEAT,,7,\nNOTHERE,,1,\nSEAT,gold,x,\n";
  v1::PriceImport taken = importing.Take(import, 1, first).value();
  CHECK(taken.next_line() == 6);
  CHECK(taken.rows_taken() == 1);
  CHECK(taken.rows_refused() == 3);
  CHECK(importing.Refused(import) ==
        "5 unit_price INVALID_FORMAT; 3 unit_price NOT_ALLOWED; 3 bands REQUIRED; "
        "4 product_code REFERENCE_NOT_FOUND");
  CHECK(Reason(importing.Take(import, 1, first)) == "PRICE_IMPORT_OUT_OF_STEP");
  CHECK(Reason(importing.Take(import, 6, "x", "application/json")) == "UNSUPPORTED_MEDIA_TYPE");
  CHECK(Reason(importing.Take(import, 6, "")) != "");
  // The last of two rows holds, within a piece and after it.
  taken = importing.Take(import, 6, "INSTALL,,6,\nINSTALL,,6.5,\nSEAT,,,50:12;:9\nSEAT,gold,15,\n").value();
  CHECK(taken.next_line() == 10);
  CHECK(taken.rows_taken() == 5);
  CHECK(importing.Export(book, v1::PRICE_FILE_FORMAT_CSV).first ==
        "product_code,service_level,unit_price,bands,percent,minimum_amount,maximum_amount\r\n"
        "SEAT,,,50:12;:9,,,\r\nSEAT,gold,15,,,,\r\nINSTALL,,6.5,,,,\r\n");

  v1::CompletePriceImportRequest complete;
  complete.set_id(import.id());
  CHECK(CompletePriceImport(importing.app, importing.Call(), complete)->status() ==
        v1::PRICE_IMPORT_STATUS_COMPLETED);
  CHECK(Reason(importing.Take(import, 10, "SEAT,,1,\n")) == "PRICE_IMPORT_COMPLETED");
  CHECK(importing.Events().ends_with("price_import.completed"));
  v1::GetPriceImportRequest get;
  get.set_id(import.id());
  CHECK(GetPriceImport(importing.app, importing.Call(), get)->columns_size() == 4);
  v1::ListPriceImportsRequest list;
  list.set_price_book_id(book.id());
  CHECK(ListPriceImports(importing.app, importing.Call(), list)->data_size() == 1);

  const v1::PriceImport late = importing.Begin(book);
  REQUIRE(importing.PublishBook(book));
  CHECK(Reason(importing.Take(late, 1, first)) == "PRICE_BOOK_NOT_DRAFT");
  CHECK(importing.Preview(importing.installation, importing.company).net_amount().amount() == "6.50");
}

TEST_CASE("JSON lines say the same as CSV, and an export of a book fills another") {
  Importing importing;
  const v1::PriceBook book = importing.Draft("LINES").value();
  const v1::PriceImport import = importing.Begin(book, "lines");
  const v1::PriceImport taken =
      importing
          .Take(import, 1,
                R"({"product_code":"INSTALL","unit_price":"5","minimum_amount":"3"})"
                "\n"
                R"({"product_code":"SEAT","bands":[{"up_to":"50","unit_price":"12"},{"unit_price":"9"}]})"
                "\n"
                R"({"product_code":"SEAT","bands":[{"up_to":"x","unit_price":"12"}]})"
                "\n"
                R"({"product_code":"SEAT","price":"1"})"
                "\n{\n",
                "application/x-ndjson")
          .value();
  CHECK(taken.rows_taken() == 2);
  CHECK(taken.rows_refused() == 3);
  CHECK(taken.next_line() == 6);
  CHECK(importing.Refused(import) == "3 bands INVALID_FORMAT; 4 price UNKNOWN_FIELD; 5  MALFORMED");
  const std::string lines = importing.Export(book, v1::PRICE_FILE_FORMAT_LINES).first;
  const v1::PriceBook other = importing.Draft("OTHER").value();
  REQUIRE(importing.Take(importing.Begin(other, "lines"), 1, lines, "application/x-ndjson"));
  CHECK(importing.Export(other, v1::PRICE_FILE_FORMAT_CSV) ==
        importing.Export(book, v1::PRICE_FILE_FORMAT_CSV));
}

TEST_CASE("A long book leaves in pieces, each price once") {
  Importing importing;
  const v1::PriceBook book = importing.Draft("LONG").value();
  importing.test.Execute(
      "INSERT INTO catalogue.price_book_entry (id, price_book_id, product_id, service_level, unit_price,"
      " bands, created_at) SELECT gen_random_uuid(), b.id, p.id, 'l' || n, n, '[]', now()"
      " FROM catalogue.price_book AS b, catalogue.product AS p, generate_series(1, 2500) AS n"
      " WHERE p.code = 'SEAT'");
  const auto [text, pieces] = importing.Export(book, v1::PRICE_FILE_FORMAT_CSV);
  CHECK(pieces == 2);
  std::set<std::string> seen;
  domain::ForEachLine(text, 1, [&](int64_t, std::string_view line) { seen.emplace(line); });
  CHECK(seen.size() == 2501);
  v1::ExportPriceBookEntriesRequest unknown;
  unknown.set_price_book_id(book.id());
  unknown.set_after(ids::Id<"pbe">::New().ToString());
  CHECK(Pointer(ExportPriceBookEntries(importing.app, importing.Call(), unknown)) == "after");
}

TEST_CASE("Existing customers are sold the version that they have been given by the day") {
  PriceBooks books;  // both products are published from 2026-03-10 on, for everybody
  const v1::Product& product = books.installation;
  REQUIRE(books.Publish(product, "2026-04-01", true));
  const auto version = [&](const std::string& on, bool existing) {
    v1::GetOfferRequest request;
    request.set_product_id(product.id());
    request.set_currency("EUR");
    request.set_on(on);
    request.set_existing_customer(existing);
    return GetOffer(books.database, books.Call(), request).value().version().version();
  };
  const auto adopt = [&](int number, const std::string& from) {
    return CreateVersionAdoption(
        books.database, books.Call(),
        Json<v1::CreateVersionAdoptionRequest>(
            R"({"version_adoption":{"product_id":")" + product.id() + R"(","version":)" +
            std::to_string(number) + R"(,"effective_from":")" + from + R"(","reason":"agreed"}})"));
  };
  CHECK(version("2026-05-01", false) == 2);
  CHECK(version("2026-05-01", true) == 1);
  CHECK(Pointer(adopt(2, "2026-03-31")) == "/effective_from");
  CHECK(Pointer(adopt(3, "2026-05-01")) == "/version");
  const v1::VersionAdoption given = adopt(2, "2026-07-01").value();
  CHECK(version("2026-06-30", true) == 1);
  CHECK(version("2026-07-01", true) == 2);
  REQUIRE(adopt(1, "2026-08-01"));
  CHECK(version("2026-08-01", true) == 1);
  CHECK(version("2026-08-01", false) == 2);
  v1::GetVersionAdoptionRequest get;
  get.set_id(given.id());
  CHECK(GetVersionAdoption(books.database, books.Call(), get)->reason() == "agreed");
  get.set_id(product.id());
  CHECK(Reason(GetVersionAdoption(books.database, books.Call(), get)) == "NOT_FOUND");
  v1::ListVersionAdoptionsRequest list;
  list.set_product_id(product.id());
  CHECK(ListVersionAdoptions(books.database, books.Call(), list)->data_size() == 3);
  CHECK_THROWS(books.test.Execute("DELETE FROM catalogue.version_adoption"));
  REQUIRE(books.Retire(product));
  CHECK(Reason(adopt(2, "2026-09-01")) == "PRODUCT_RETIRED");
}

TEST_CASE("An index has points, each from the day on which it became known") {
  Catalogue catalogue;  // it is 2026-03-10
  const auto create = [&] {
    return CreateIndexSeries(
        catalogue.database, catalogue.Call(),
        Json<v1::CreateIndexSeriesRequest>(
            R"({"index_series":{"code":"NL-CPI","name":"Consumer prices","source":"CBS"}})"));
  };
  const v1::IndexSeries series = create().value();
  CHECK(Reason(create()) == "INDEX_SERIES_CODE_TAKEN");
  const auto add = [&](const std::string& month, const std::string& value, const std::string& known) {
    return AddIndexPoint(catalogue.database, catalogue.Call(),
                         Json<v1::AddIndexPointRequest>(
                             R"({"index_series_id":")" + series.id() + R"(","point":{"month":")" +
                             month + R"(","value":")" + value + R"(","known_on":")" + known + R"("}})"));
  };
  CHECK(add("2026-01-01", "120.5", "2026-02-05")->value() == "120.5");
  REQUIRE(add("2026-02-01", "121", "2026-03-05"));
  REQUIRE(add("2026-01-01", "120.7", "2026-03-05"));  // corrected
  CHECK(Reason(add("2026-01-01", "9", "2026-03-05")) == "INDEX_POINT_EXISTS");
  CHECK(Pointer(add("2026-01-15", "9", "2026-03-06")) == "/month");
  CHECK(Pointer(add("2026-03-01", "9", "2026-03-11")) == "/known_on");
  CHECK(add("2026-03-01", "122", "")->known_on() == "2026-03-10");

  const auto known = [&](const std::string& by) {
    v1::ListIndexPointsRequest request;
    request.set_index_series_id(series.id());
    request.set_known_by(by);
    request.set_sort("month");
    rpc::Call call = catalogue.Call();
    call.method = "/continuo.catalogue.v1.CatalogueService/ListIndexPoints";
    std::string values;
    const auto points = ListIndexPoints(catalogue.database, call, request).value();
    for (const v1::IndexPoint& point : points.data()) {
      values += (values.empty() ? "" : " ") + point.value();
    }
    return values;
  };
  CHECK(known("2026-02-04") == "");
  CHECK(known("2026-02-05") == "120.5");
  CHECK(known("2026-03-05") == "120.7 121");
  CHECK(known("") == "120.5 120.7 121 122");
  CHECK_THROWS(catalogue.test.Execute("UPDATE catalogue.index_point SET value = 1"));

  v1::UpdateIndexSeriesRequest change;
  change.set_id(series.id());
  change.mutable_index_series()->set_name("CPI");
  change.add_update_mask("name");
  CHECK(UpdateIndexSeries(catalogue.database, catalogue.Call(), change)->revision() == 6);
  v1::GetIndexSeriesRequest get;
  get.set_id(series.id());
  CHECK(GetIndexSeries(catalogue.database, catalogue.Call(), get)->name() == "CPI");
  v1::ListIndexSeriesRequest list;
  list.set_code("NL-CPI");
  CHECK(ListIndexSeries(catalogue.database, catalogue.Call(), list)->data_size() == 1);
  CHECK(catalogue.Events().starts_with("index_series.created index_series.point_added"));
}

TEST_CASE("Every statement was run by the tests above") {
  for (const postgres::Statement* statement : sql::statements()) {
    if (statement->name == "select_refused_price_rows") continue;  // a list's, run by its text
    INFO(statement->name);
    CHECK(StatementsRun().contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::catalogue::app
