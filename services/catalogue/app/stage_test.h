// Catalogue on a real database, with the neighbours it asks and products to sell.
#pragma once

#include <map>
#include <set>

#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/supplier.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/ids/kinds.h"
#include "libs/json/read.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/catalogue/app/app.h"
#include "services/catalogue/app/product_versions.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/app/suppliers.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {

inline std::set<std::string>& StatementsRun() {
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

inline v1::Product Installation() {
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

inline v1::Product Licence() {
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

template <class Request>
Request Json(const std::string& json) {
  Request request;
  REQUIRE(json::ReadMessage(json, &request, json::Direction::kResponse));
  return request;
}

}  // namespace continuo::catalogue::app
