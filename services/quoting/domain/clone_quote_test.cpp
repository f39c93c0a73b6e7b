#include "services/quoting/domain/clone_quote.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

const money::Currency kEuro = money::Currency::Parse("EUR").value();

Product Seats(int version, int price) {
  Product product{.id = ids::ProductId(ids::Uuid{}), .version = version, .code = "SEAT"};
  product.prices["EUR"].unit_price = price;
  product.service_levels.push_back({"gold", 2});
  return product;
}

Quote Source() {
  Quote quote{.currency = kEuro};
  REQUIRE(Add(&quote, {.quantity = 10, .group = "Phase 1"}, Seats(1, 20), "/lines/0"));
  REQUIRE(Add(&quote,
              {.quantity = 1,
               .service_level = "gold",
               .discount_percent = 5,
               .covers = {quote.lines[0].id}},
              Seats(1, 20), "/lines/1"));
  REQUIRE(Reprice(&quote));
  return quote;
}

TEST_CASE("A copy has lines of its own that cover each other as before") {
  const Quote source = Source();
  Quote copy{.currency = kEuro};
  REQUIRE(CopyLines(source, {}, &copy));
  REQUIRE(Reprice(&copy));
  REQUIRE(copy.lines.size() == 2);
  CHECK(copy.lines[0].id != source.lines[0].id);
  CHECK(copy.lines[0].group == "Phase 1");
  CHECK(copy.lines[1].covers == std::vector{copy.lines[0].id});
  CHECK(copy.lines[1].discount_percent == 5);
  CHECK(copy.totals.term_total == source.totals.term_total);
}

TEST_CASE("Its clauses, those that were changed to be decided on again") {
  Quote source{.currency = kEuro};
  source.clauses = {{.id = "qcls_1", .clause_id = "cls_1", .standard_text = "30 days", .text = "30 days"},
                    {.id = "qcls_2",
                     .clause_id = "cls_2",
                     .standard_text = "30 days",
                     .text = "90 days",
                     .reviewer_id = "usr_1",
                     .review = ClauseReview::kAccepted}};
  Quote copy{.currency = kEuro};
  CopyClauses(source, &copy);
  REQUIRE(copy.clauses.size() == 2);
  CHECK(copy.clauses[0].id != "qcls_1");
  CHECK(copy.clauses[0].review == ClauseReview::kStandard);
  CHECK(copy.clauses[1].text == "90 days");
  CHECK(copy.clauses[1].reviewer_id == "usr_1");
  CHECK(copy.clauses[1].review == ClauseReview::kPending);
}

TEST_CASE("With current products, their prices") {
  const Quote source = Source();
  const Product now = Seats(2, 30);
  Quote copy{.currency = kEuro};
  REQUIRE(CopyLines(source, {{now.id, now}}, &copy));
  REQUIRE(Reprice(&copy));
  CHECK(copy.lines[0].product.version == 2);
  CHECK(copy.lines[0].price.net_amount.AmountText() == "300.00");
}

TEST_CASE("A current version that lacks what a line needs is refused") {
  const Quote source = Source();
  Quote copy{.currency = kEuro};
  Product now = Seats(2, 30);
  SECTION("the currency") { now.prices.clear(); }
  SECTION("the service level") { now.service_levels.clear(); }
  const Result<void> copied = CopyLines(source, {{now.id, now}}, &copy);
  REQUIRE_FALSE(copied);
  CHECK(copied.error().reason == "PRODUCT_NO_LONGER_FITS");
}

}  // namespace
}  // namespace continuo::quoting::domain
