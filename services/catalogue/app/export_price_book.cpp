#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/catalogue/v1/price_import.pb.h"
#include "continuo/type/v1/http_answer.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/ids/kinds.h"
#include "libs/json/write.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/app/price_book_rows.h"
#include "services/catalogue/app/price_imports.h"
#include "services/catalogue/app/product_shape.h"
#include "services/catalogue/domain/price_book.h"
#include "services/catalogue/domain/price_file.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

using postgres::Transaction;

constexpr int kPieceRows = 2'000;
constexpr char kHeader[] =
    "product_code,service_level,unit_price,bands,percent,minimum_amount,maximum_amount\r\n";

// Codes, numbers and bands: no cell needs quotes.
void AddCsvRow(const v1::PriceRow& row, std::string* text) {
  const std::string bands = domain::BandsText(PriceOf(row).bands);
  for (const std::string* cell : {&row.product_code(), &row.service_level(), &row.unit_price(),
                                  &bands, &row.percent(), &row.minimum_amount()}) {
    *text += *cell;
    *text += ',';
  }
  *text += row.maximum_amount() + "\r\n";
}

// Where in the book's order a piece begins: after this product and level.
struct Place {
  ids::ProductId product;
  std::string service_level;
};

Result<Place> PlaceAfter(Transaction& tx, const v1::ExportPriceBookEntriesRequest& request) {
  if (request.after().empty()) return Place{};
  const auto entry = LoadEntry(tx, request.price_book_id(), request.after());
  if (!entry) return Invalid("after", "REFERENCE_NOT_FOUND", "The book has no such entry.");
  ASSIGN_OR_RETURN(const ids::ProductId product, ids::ProductId::Parse(entry->product_id()));
  return Place{product, entry->service_level()};
}

}  // namespace

Result<google::api::HttpBody> ExportPriceBookEntries(
    const App& app, const rpc::Call& call, const v1::ExportPriceBookEntriesRequest& request) {
  const bool is_csv = request.format() != v1::PRICE_FILE_FORMAT_LINES;
  return app.database.Read(call, [&](Transaction& tx) -> Result<google::api::HttpBody> {
    ASSIGN_OR_RETURN(const v1::PriceBook book, LoadPriceBook(tx, request.price_book_id()));
    ASSIGN_OR_RETURN(const Place place, PlaceAfter(tx, request));
    google::api::HttpBody piece;
    piece.set_content_type(is_csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
    std::string& text = *piece.mutable_data();
    if (is_csv && request.after().empty()) text = kHeader;
    const postgres::Rows rows =
        tx.Run(sql::list_entries_to_export, postgres::IdOrNull("pbook", book.id()), place.product,
               place.service_level, kPieceRows);
    v1::PriceRow shown;
    for (const postgres::Row row : rows) {
      shown.Clear();
      postgres::Fill(row, &shown);
      if (is_csv) {
        AddCsvRow(shown, &text);
      } else {
        json::WriteMessage(shown, &text);
        text += '\n';
      }
    }
    type::v1::HttpAnswer says;
    says.set_file_name(book.code() + (is_csv ? ".csv" : ".ndjson"));
    if (rows.size() == static_cast<size_t>(kPieceRows)) {
      says.set_next(rows[rows.size() - 1].Id("pbe", "id"));
    }
    piece.add_extensions()->PackFrom(says);
    return piece;
  });
}

}  // namespace continuo::catalogue::app
