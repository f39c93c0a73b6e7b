#include "services/catalogue/app/price_book_rows.h"

#include "continuo/catalogue/v1/price_book.pb.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/domain/price_book.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {

Result<v1::PriceBook> LoadPriceBook(postgres::Transaction& tx, const std::string& id) {
  return postgres::Load<v1::PriceBook>(tx, {sql::select_price_book, sql::lock_price_book}, id);
}

Result<std::string> HoldDraft(postgres::Transaction& tx, const std::string& book_id) {
  const auto* kind = v1::PriceBook::descriptor();
  const postgres::Rows found = tx.Run(sql::share_price_book, postgres::IdOf(kind, book_id));
  if (found.empty()) return postgres::NoSuch(kind, book_id);
  if (found.front().Text("status") != "draft") {
    return FailedPrecondition("PRICE_BOOK_NOT_DRAFT",
                              "The price book is no draft any more: its prices never change. Draft "
                              "another for the same buyers.",
                              {{"price_book_id", book_id}});
  }
  return found.front().OptionalId("acc", "account_id");
}

Result<v1::PriceBookEntry> LoadEntry(postgres::Transaction& tx, const std::string& book_id,
                                     const std::string& id) {
  const auto* kind = v1::PriceBookEntry::descriptor();
  // Null would be all of them.
  if (!domain::PriceBookEntryId::Parse(id)) return postgres::NoSuch(kind, id);
  const postgres::Rows found =
      tx.Run(sql::select_price_book_entry,
             postgres::IdOf(v1::PriceBook::descriptor(), book_id), postgres::IdOf(kind, id));
  if (found.empty()) return postgres::NoSuch(kind, id);
  v1::PriceBookEntry entry;
  postgres::Fill(found.front(), &entry);
  return entry;
}

}  // namespace continuo::catalogue::app
