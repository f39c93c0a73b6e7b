// Which version existing customers are sold.
#include "continuo/catalogue/v1/version_adoption.pb.h"
#include "services/catalogue/app/book_prices.h"
#include "services/catalogue/app/price_books_stage_test.h"
#include "services/catalogue/app/version_adoptions.h"

namespace continuo::catalogue::app {
namespace {

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

}  // namespace
}  // namespace continuo::catalogue::app
