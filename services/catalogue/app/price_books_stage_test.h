// The stage with price books, and accounts that they may be for.
#pragma once

#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/catalogue/v1/price_preview.pb.h"
#include "services/catalogue/app/preview_price.h"
#include "services/catalogue/app/price_book_entries.h"
#include "services/catalogue/app/price_books.h"
#include "services/catalogue/app/stage_test.h"

namespace continuo::catalogue::app {

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

}  // namespace continuo::catalogue::app
