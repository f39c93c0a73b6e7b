#include "services/catalogue/app/price_book_entries.h"

#include "continuo/catalogue/v1/events.pb.h"
#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "libs/events/append.h"
#include "libs/json/patch.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/app/price_book_rows.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/app/product_shape.h"
#include "services/catalogue/domain/price_book.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

using postgres::IdOrNull;
using postgres::Parameter;
using postgres::Transaction;

Parameter BookIdOf(const std::string& id) { return postgres::IdOf(v1::PriceBook::descriptor(), id); }
Parameter EntryIdOf(const std::string& id) {
  return postgres::IdOf(v1::PriceBookEntry::descriptor(), id);
}

Result<v1::PriceBookEntry> LoadForChange(Transaction& tx, const std::string& book_id,
                                         const std::string& id) {
  if (tx.Run(sql::lock_price_book_entry, BookIdOf(book_id), EntryIdOf(id)).empty()) {
    return postgres::NoSuch(v1::PriceBookEntry::descriptor(), id);
  }
  ASSIGN_OR_RETURN(v1::PriceBookEntry entry, LoadEntry(tx, book_id, id));
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), entry.revision()));
  tx.AuditBefore(entry);
  return entry;
}

Result<void> CheckEntry(Transaction& tx, const v1::PriceBookEntry& entry) {
  const Result<v1::Product> product = LoadProduct(tx, entry.product_id());
  if (!product) {
    if (product.error().code != Code::kNotFound) return Failure(product.error());
    return Invalid("/product_id", "REFERENCE_NOT_FOUND", "There is no such product. Check the id.");
  }
  if (product->status() == v1::PRODUCT_STATUS_RETIRED) {
    return Invalid("/product_id", "NOT_ALLOWED",
                   "Product " + product->code() + " is retired. Choose another.");
  }
  std::vector<Violation> violations =
      domain::ValidateBookPrice(ShapeOf(*product), entry.service_level(), PriceOf(entry));
  if (!violations.empty()) return Invalid(std::move(violations));
  return {};
}

template <class Fact>
void Publish(Transaction& tx, const v1::PriceBookEntry& entry, const std::string& account_id) {
  Fact fact;
  fact.set_id(entry.id());
  fact.set_revision(entry.revision());
  fact.set_account_id(account_id);
  fact.set_price_book_id(entry.price_book_id());
  fact.set_product_id(entry.product_id());
  events::Append(tx, fact, {.source_version = entry.revision()});
}

}  // namespace

Result<v1::PriceBookEntry> CreatePriceBookEntry(const App& app, const rpc::Call& call,
                                                const v1::CreatePriceBookEntryRequest& request) {
  const v1::PriceBookEntry& entry = request.entry();
  return app.database.Command<v1::PriceBookEntry>(
      call, [&](Transaction& tx) -> Result<v1::PriceBookEntry> {
        ASSIGN_OR_RETURN(const std::string account_id, HoldDraft(tx, request.price_book_id()));
        RETURN_IF_FAULT(CheckEntry(tx, entry));
        const domain::PriceBookEntryId id = domain::PriceBookEntryId::New();
        const std::string document = postgres::Document(entry);
        try {
          tx.Run(sql::insert_price_book_entry, id, postgres::Json{document},
                 BookIdOf(request.price_book_id()), IdOrNull("acc", account_id),
                 IdOrNull("prod", entry.product_id()), tx.now());
        } catch (const postgres::UniqueViolation&) {
          return FailedPrecondition("PRICE_BOOK_ENTRY_EXISTS",
                                    "The book has this price already. Change that entry.",
                                    {{"product_id", entry.product_id()},
                                     {"service_level", entry.service_level()}});
        }
        ASSIGN_OR_RETURN(v1::PriceBookEntry stored,
                         LoadEntry(tx, request.price_book_id(), id.ToString()));
        Publish<v1::PriceBookEntryCreated>(tx, stored, account_id);
        return stored;
      });
}

Result<v1::PriceBookEntry> GetPriceBookEntry(const App& app, const rpc::Call& call,
                                             const v1::GetPriceBookEntryRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return LoadEntry(tx, request.price_book_id(), request.id());
  });
}

Result<v1::ListPriceBookEntriesResponse> ListPriceBookEntries(
    const App& app, const rpc::Call& call, const v1::ListPriceBookEntriesRequest& request) {
  return app.database.Read(
      call, [&](Transaction& tx) -> Result<v1::ListPriceBookEntriesResponse> {
        RETURN_IF_FAULT(LoadPriceBook(tx, request.price_book_id()));
        v1::ListPriceBookEntriesResponse response;
        const Parameter of_book[] = {BookIdOf(request.price_book_id()), nullptr};
        RETURN_IF_FAULT(postgres::List(
            tx, {.select = sql::select_price_book_entry, .parameters = of_book}, request,
            &response));
        return response;
      });
}

Result<v1::PriceBookEntry> UpdatePriceBookEntry(const App& app, const rpc::Call& call,
                                                const v1::UpdatePriceBookEntryRequest& request) {
  return app.database.Command<v1::PriceBookEntry>(
      call, [&](Transaction& tx) -> Result<v1::PriceBookEntry> {
        ASSIGN_OR_RETURN(const std::string account_id, HoldDraft(tx, request.price_book_id()));
        ASSIGN_OR_RETURN(v1::PriceBookEntry entry,
                         LoadForChange(tx, request.price_book_id(), request.id()));
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.entry(), &entry));
        RETURN_IF_FAULT(CheckEntry(tx, entry));
        const std::string document = postgres::Document(entry);
        tx.Run(sql::update_price_book_entry, EntryIdOf(request.id()), postgres::Json{document});
        ASSIGN_OR_RETURN(v1::PriceBookEntry stored,
                         LoadEntry(tx, request.price_book_id(), request.id()));
        Publish<v1::PriceBookEntryUpdated>(tx, stored, account_id);
        return stored;
      });
}

Result<v1::PriceBookEntry> RemovePriceBookEntry(const App& app, const rpc::Call& call,
                                                const v1::RemovePriceBookEntryRequest& request) {
  return app.database.Command<v1::PriceBookEntry>(
      call, [&](Transaction& tx) -> Result<v1::PriceBookEntry> {
        ASSIGN_OR_RETURN(const std::string account_id, HoldDraft(tx, request.price_book_id()));
        ASSIGN_OR_RETURN(v1::PriceBookEntry entry,
                         LoadForChange(tx, request.price_book_id(), request.id()));
        tx.Run(sql::delete_price_book_entry, EntryIdOf(request.id()));
        entry.set_revision(entry.revision() + 1);
        Publish<v1::PriceBookEntryRemoved>(tx, entry, account_id);
        return entry;
      });
}

}  // namespace continuo::catalogue::app
