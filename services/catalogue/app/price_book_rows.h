// Stored price books and their entries, for the use cases that change or read entries.
#pragma once

#include <string>

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::catalogue::v1 {
class PriceBook;
class PriceBookEntry;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::PriceBook> LoadPriceBook(postgres::Transaction& tx, const std::string& id);
// Of a draft, held as one until the transaction ends: the account that it is for, empty for none.
// PRICE_BOOK_NOT_DRAFT.
Result<std::string> HoldDraft(postgres::Transaction& tx, const std::string& book_id);
Result<v1::PriceBookEntry> LoadEntry(postgres::Transaction& tx, const std::string& book_id,
                                     const std::string& id);

}  // namespace continuo::catalogue::app
