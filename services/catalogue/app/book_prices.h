// What a product costs a buyer: its own prices, or those of the price book that wins.
#pragma once

#include <vector>

#include "libs/result/result.h"
#include "services/catalogue/domain/price_book.h"

namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::rpc {
struct Call;
}
namespace continuo::catalogue::v1 {
class CatalogueOffer;
class GetOfferRequest;
class Product;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

struct BooksLookedAt {
  std::vector<domain::Candidate> books;
  domain::BookChoice choice;
};

// Puts the prices of the book that wins in place of the product's own; `price_book` then names it.
BooksLookedAt PriceByBooks(postgres::Transaction& tx, const domain::Buyer& buyer,
                           v1::Product* product);

Result<v1::CatalogueOffer> GetOffer(postgres::Database& database, const rpc::Call& call,
                                    const v1::GetOfferRequest& request);

}  // namespace continuo::catalogue::app
