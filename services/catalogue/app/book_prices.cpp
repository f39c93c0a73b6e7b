#include "services/catalogue/app/book_prices.h"

#include <algorithm>

#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "services/catalogue/app/product_shape.h"
#include "services/catalogue/app/product_versions.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

using postgres::Row;

domain::PriceBook ReadBook(const Row& row) {
  domain::PriceBook book{.id = domain::PriceBookId(row.Uuid("price_book_id")),
                         .code = std::string(row.Text("code")),
                         .currency = std::string(row.Text("currency")),
                         .segment = std::string(row.OptionalText("segment").value_or("")),
                         .valid_from = row.Date("valid_from"),
                         .valid_to = row.OptionalDate("valid_to"),
                         .published_at = row.Instant("published_at")};
  if (const auto id = row.OptionalUuid("account_id")) book.account = ids::AccountId(*id);
  if (const auto id = row.OptionalUuid("division_id")) book.division = ids::DivisionId(*id);
  return book;
}

// Books with what they have for one product.
struct Found {
  std::vector<domain::Candidate> books;
  std::vector<std::vector<v1::PriceBookEntry>> entries;  // of each book
};

Found FindBooks(postgres::Transaction& tx, const domain::Buyer& buyer, const v1::Product& product) {
  const domain::Product shape = ShapeOf(product);
  Found found;
  for (const Row row :
       tx.Run(sql::list_candidate_prices, buyer.account, postgres::IdOrNull("prod", product.id()))) {
    domain::PriceBook book = ReadBook(row);
    if (found.books.empty() || found.books.back().book.id != book.id) {
      found.books.push_back({.book = std::move(book)});
      found.entries.emplace_back();
    }
    if (row.IsNull("service_level")) continue;
    v1::PriceBookEntry& entry = found.entries.back().emplace_back();
    postgres::Fill(row, &entry);
    domain::Candidate& candidate = found.books.back();
    candidate.has_entry = true;
    const auto violations =
        domain::ValidateBookPrice(shape, entry.service_level(), PriceOf(entry));
    if (!violations.empty()) candidate.misfit = violations.front().detail;
  }
  return found;
}

template <class Prices>
auto& InCurrency(Prices& prices, const std::string& currency) {
  for (auto& price : prices) {
    if (price.currency() == currency) return price;
  }
  auto& price = *prices.Add();
  price.set_currency(currency);
  return price;
}

void PutLevelPrice(const v1::PriceBookEntry& entry, const std::string& currency,
                   v1::Product* product) {
  for (v1::ServiceLevel& level : *product->mutable_service_levels()) {
    if (level.code() != entry.service_level()) continue;
    InCurrency(*level.mutable_prices(), currency).set_amount(entry.unit_price());
  }
  product->mutable_price_book()->add_service_levels(entry.service_level());
}

void PutPrice(const v1::PriceBookEntry& entry, const std::string& currency, v1::Product* product) {
  product->mutable_price_book()->set_has_price(true);
  if (product->kind() == v1::PRODUCT_KIND_BUNDLE) {
    InCurrency(*product->mutable_bundle_price()->mutable_prices(), currency)
        .set_amount(entry.unit_price());
    return;
  }
  v1::CurrencyPrice& price = InCurrency(*product->mutable_pricing()->mutable_prices(), currency);
  price.set_unit_price(entry.unit_price());
  *price.mutable_bands() = entry.bands();
  price.set_percent(entry.percent());
  price.set_minimum_amount(entry.minimum_amount());
  price.set_maximum_amount(entry.maximum_amount());
}

// Versions never change once they are published, and neither do books: the two name a content.
std::string StampOf(const v1::ProductVersion& version) {
  return version.id() + "/" + version.product().price_book().id();
}

}  // namespace

BooksLookedAt PriceByBooks(postgres::Transaction& tx, const domain::Buyer& buyer,
                           v1::Product* product) {
  Found found = FindBooks(tx, buyer, *product);
  BooksLookedAt looked_at{.choice = domain::ChoosePriceBook(found.books, buyer)};
  if (const auto winner = looked_at.choice.winner) {
    const domain::PriceBook& book = found.books[*winner].book;
    v1::UsedPriceBook& used = *product->mutable_price_book();
    used.set_id(book.id.ToString());
    used.set_code(book.code);
    used.set_currency(book.currency);
    for (const v1::PriceBookEntry& entry : found.entries[*winner]) {
      (entry.service_level().empty() ? PutPrice : PutLevelPrice)(entry, book.currency, product);
    }
  }
  looked_at.books = std::move(found.books);
  return looked_at;
}

Result<v1::CatalogueOffer> GetOffer(postgres::Database& database, const rpc::Call& call,
                                    const v1::GetOfferRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::CatalogueOffer> {
    domain::Buyer buyer{.segment = request.segment(),
                        .currency = request.currency(),
                        .day = DayOrToday(tx, request.on())};
    if (!request.account_id().empty()) {
      ASSIGN_OR_RETURN(buyer.account, ids::AccountId::Parse(request.account_id()));
    }
    if (!request.division_id().empty()) {
      ASSIGN_OR_RETURN(buyer.division, ids::DivisionId::Parse(request.division_id()));
    }
    ASSIGN_OR_RETURN(v1::ProductVersion version,
                     VersionOnSale(tx, request.product_id(), buyer.day,
                                   request.existing_customer() ? Customer::kExisting
                                                               : Customer::kNew));
    PriceByBooks(tx, buyer, version.mutable_product());
    v1::CatalogueOffer offer;
    offer.set_stamp(StampOf(version));
    const auto& known = request.known_stamps();
    if (std::find(known.begin(), known.end(), offer.stamp()) == known.end()) {
      *offer.mutable_version() = std::move(version);
    }
    return offer;
  });
}

}  // namespace continuo::catalogue::app
