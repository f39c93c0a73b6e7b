// Price books: whose price it is, and what of a book may change.
#include "services/catalogue/app/book_prices.h"
#include "services/catalogue/app/price_books_stage_test.h"

namespace continuo::catalogue::app {
namespace {

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

}  // namespace
}  // namespace continuo::catalogue::app
