#include "services/catalogue/app/price_books.h"

#include "continuo/catalogue/v1/events.pb.h"
#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "libs/calendar/zone.h"
#include "libs/events/append.h"
#include "libs/json/patch.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/domain/price_book.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

const postgres::Resource kPriceBook{sql::select_price_book, sql::lock_price_book};

template <class Fact>
Fact About(const v1::PriceBook& book) {
  Fact fact;
  fact.set_id(book.id());
  fact.set_revision(book.revision());
  fact.set_account_id(book.account_id());
  fact.set_code(book.code());
  return fact;
}

template <class Fact>
void Publish(Transaction& tx, const v1::PriceBook& book) {
  events::Append(tx, About<Fact>(book), {.source_version = book.revision()});
}

Result<void> CheckDays(const v1::PriceBook& book) {
  // Days of this form are ordered as their texts are.
  if (book.valid_to().empty() || book.valid_from() <= book.valid_to()) return {};
  return Invalid("/valid_to", "OUT_OF_RANGE",
                 "The last day is not before the first, " + book.valid_from() + ".");
}

// What was priced from a published book must be found priced so again.
Result<void> CheckPublished(const v1::PriceBook& before, const v1::PriceBook& after,
                            calendar::Date today) {
  if (before.status() != v1::PRICE_BOOK_STATUS_PUBLISHED) return {};
  if (after.valid_from() != before.valid_from()) {
    return Invalid("/valid_from", "IMMUTABLE",
                   "The book is published. Draft another with the other first day.");
  }
  const bool ends_sooner = !after.valid_to().empty() && after.valid_to() != before.valid_to();
  if (ends_sooner && after.valid_to() < today.ToString()) {
    return Invalid("/valid_to", "OUT_OF_RANGE",
                   "The book has priced until today. Its last day is " + today.ToString() +
                       " or later.");
  }
  return {};
}

Failure IsRetired(const v1::PriceBook& book) {
  return FailedPrecondition("PRICE_BOOK_RETIRED",
                            "Price book " + book.code() + " is retired. Draft another.",
                            {{"price_book_id", book.id()}});
}

Result<v1::PriceBook> LoadForChange(Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(v1::PriceBook book,
                   postgres::LoadForChange<v1::PriceBook>(tx, kPriceBook, id));
  if (book.status() == v1::PRICE_BOOK_STATUS_RETIRED) return IsRetired(book);
  return book;
}

Result<void> CheckPublishable(Transaction& tx, const v1::PriceBook& book) {
  if (book.status() != v1::PRICE_BOOK_STATUS_DRAFT) {
    return FailedPrecondition("PRICE_BOOK_NOT_DRAFT",
                              "Price book " + book.code() + " is published already.",
                              {{"price_book_id", book.id()}});
  }
  if (tx.Run(sql::price_book_has_entries, IdOrNull("pbook", book.id()))
          .front()
          .Bool("has_entries")) {
    return {};
  }
  return FailedPrecondition("PRICE_BOOK_EMPTY",
                            "Price book " + book.code() + " has no prices. Add an entry first.",
                            {{"price_book_id", book.id()}});
}

}  // namespace

Result<v1::PriceBook> CreatePriceBook(const App& app, const rpc::Call& call,
                                      const v1::CreatePriceBookRequest& request) {
  const v1::PriceBook& book = request.price_book();
  RETURN_IF_FAULT(CheckDays(book));
  if (!book.account_id().empty()) RETURN_IF_FAULT(AskAccount(app, call, book.account_id()));
  if (!book.division_id().empty()) RETURN_IF_FAULT(CheckDivision(app, call, book.division_id()));
  return app.database.Command<v1::PriceBook>(call, [&](Transaction& tx) -> Result<v1::PriceBook> {
    const domain::PriceBookId id = domain::PriceBookId::New();
    const std::string document = postgres::Document(book);
    try {
      tx.Run(sql::insert_price_book, id, postgres::Json{document},
             IdOrNull("acc", book.account_id()), IdOrNull("div", book.division_id()), tx.now());
    } catch (const postgres::UniqueViolation&) {
      return FailedPrecondition("PRICE_BOOK_CODE_TAKEN",
                                "There is a price book with code " + book.code() +
                                    ". Use another code, or that book.",
                                {{"code", book.code()}});
    }
    ASSIGN_OR_RETURN(v1::PriceBook stored,
                     postgres::Load<v1::PriceBook>(tx, kPriceBook, id.ToString()));
    Publish<v1::PriceBookCreated>(tx, stored);
    return stored;
  });
}

Result<v1::PriceBook> GetPriceBook(const App& app, const rpc::Call& call,
                                   const v1::GetPriceBookRequest& request) {
  return postgres::Get<v1::PriceBook>(app.database, call, kPriceBook, request);
}

Result<v1::ListPriceBooksResponse> ListPriceBooks(const App& app, const rpc::Call& call,
                                                  const v1::ListPriceBooksRequest& request) {
  return postgres::ListOf<v1::ListPriceBooksResponse>(app.database, call, kPriceBook, request);
}

Result<v1::PriceBook> UpdatePriceBook(const App& app, const rpc::Call& call,
                                      const v1::UpdatePriceBookRequest& request) {
  return app.database.Command<v1::PriceBook>(call, [&](Transaction& tx) -> Result<v1::PriceBook> {
    ASSIGN_OR_RETURN(const v1::PriceBook before, LoadForChange(tx, request.id()));
    v1::PriceBook book = before;
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.price_book(), &book));
    RETURN_IF_FAULT(CheckPublished(before, book, tx.Today(calendar::Zone::Utc())));
    RETURN_IF_FAULT(CheckDays(book));
    const std::string document = postgres::Document(book);
    tx.Run(sql::update_price_book, IdOrNull("pbook", book.id()), postgres::Json{document});
    ASSIGN_OR_RETURN(v1::PriceBook stored,
                     postgres::Load<v1::PriceBook>(tx, kPriceBook, request.id()));
    Publish<v1::PriceBookUpdated>(tx, stored);
    return stored;
  });
}

Result<v1::PriceBook> PublishPriceBook(const App& app, const rpc::Call& call,
                                       const v1::PublishPriceBookRequest& request) {
  return app.database.Command<v1::PriceBook>(call, [&](Transaction& tx) -> Result<v1::PriceBook> {
    ASSIGN_OR_RETURN(const v1::PriceBook draft, LoadForChange(tx, request.id()));
    RETURN_IF_FAULT(CheckPublishable(tx, draft));
    tx.Run(sql::update_price_book_status, IdOrNull("pbook", draft.id()), "published", tx.now());
    ASSIGN_OR_RETURN(v1::PriceBook stored,
                     postgres::Load<v1::PriceBook>(tx, kPriceBook, request.id()));
    auto published = About<v1::PriceBookPublished>(stored);
    published.set_currency(stored.currency());
    published.set_valid_from(stored.valid_from());
    published.set_valid_to(stored.valid_to());
    events::Append(tx, published, {.source_version = stored.revision()});
    return stored;
  });
}

Result<v1::PriceBook> RetirePriceBook(const App& app, const rpc::Call& call,
                                      const v1::RetirePriceBookRequest& request) {
  return app.database.Command<v1::PriceBook>(call, [&](Transaction& tx) -> Result<v1::PriceBook> {
    ASSIGN_OR_RETURN(const v1::PriceBook book, LoadForChange(tx, request.id()));
    tx.Run(sql::update_price_book_status, IdOrNull("pbook", book.id()), "retired", nullptr);
    ASSIGN_OR_RETURN(v1::PriceBook stored,
                     postgres::Load<v1::PriceBook>(tx, kPriceBook, request.id()));
    Publish<v1::PriceBookRetired>(tx, stored);
    return stored;
  });
}

}  // namespace continuo::catalogue::app
