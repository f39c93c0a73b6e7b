// Prices in bulk.
#include "continuo/catalogue/v1/price_import.pb.h"
#include "continuo/type/v1/http_answer.pb.h"
#include "google/api/httpbody.pb.h"
#include "services/catalogue/app/price_books_stage_test.h"
#include "services/catalogue/app/price_imports.h"
#include "services/catalogue/domain/price_file.h"

namespace continuo::catalogue::app {
namespace {

struct Importing : PriceBooks {
  v1::PriceImport Begin(const v1::PriceBook& book, const char* format = "csv") {
    const auto begun = CreatePriceImport(
        app, Call(),
        Json<v1::CreatePriceImportRequest>(R"({"price_import":{"price_book_id":")" + book.id() +
                                           R"(","format":")" + format + R"("}})"));
    REQUIRE(begun);
    return *begun;
  }
  Result<v1::PriceImport> Take(const v1::PriceImport& import, int64_t line, const std::string& rows,
                               const std::string& type = "text/csv; charset=utf-8") {
    v1::TakePriceRowsRequest request;
    request.set_id(import.id());
    request.set_line(line);
    request.mutable_rows()->set_content_type(type);
    request.mutable_rows()->set_data(rows);
    return TakePriceRows(app, Call(), request);
  }
  std::string Refused(const v1::PriceImport& import) {
    v1::ListRefusedPriceRowsRequest list;
    list.set_price_import_id(import.id());
    std::string refused;
    const auto rows = ListRefusedPriceRows(app, Call(), list).value();
    for (const v1::RefusedPriceRow& row : rows.data()) {
      if (!refused.empty()) refused += "; ";
      refused += std::to_string(row.line()) + " " + row.column() + " " + row.code();
    }
    return refused;
  }
  // The whole export, as a client reads it, and how many pieces it came in.
  std::pair<std::string, int> Export(const v1::PriceBook& book, v1::PriceFileFormat format) {
    std::pair<std::string, int> whole;
    v1::ExportPriceBookEntriesRequest request;
    request.set_price_book_id(book.id());
    request.set_format(format);
    while (true) {
      const auto piece = ExportPriceBookEntries(app, Call(), request).value();
      whole.first += piece.data();
      ++whole.second;
      type::v1::HttpAnswer says;
      REQUIRE(piece.extensions(0).UnpackTo(&says));
      if (says.next().empty()) return whole;
      request.set_after(says.next());
    }
  }
};

TEST_CASE("A file is taken in pieces; bad rows are told, good ones are prices, and it can be read back") {
  Importing importing;
  const v1::PriceBook book = importing.Draft("BULK").value();
  const v1::PriceImport import = importing.Begin(book);
  const std::string first =
      "product_code,service_level,unit_price,bands\n"
      "INSTALL,,5,\nSEAT,,7,\nNOTHERE,,1,\nSEAT,gold,x,\n";
  v1::PriceImport taken = importing.Take(import, 1, first).value();
  CHECK(taken.next_line() == 6);
  CHECK(taken.rows_taken() == 1);
  CHECK(taken.rows_refused() == 3);
  CHECK(importing.Refused(import) ==
        "5 unit_price INVALID_FORMAT; 3 unit_price NOT_ALLOWED; 3 bands REQUIRED; "
        "4 product_code REFERENCE_NOT_FOUND");
  CHECK(Reason(importing.Take(import, 1, first)) == "PRICE_IMPORT_OUT_OF_STEP");
  CHECK(Reason(importing.Take(import, 6, "x", "application/json")) == "UNSUPPORTED_MEDIA_TYPE");
  CHECK(Reason(importing.Take(import, 6, "")) != "");
  // The last of two rows holds, within a piece and after it.
  taken = importing.Take(import, 6, "INSTALL,,6,\nINSTALL,,6.5,\nSEAT,,,50:12;:9\nSEAT,gold,15,\n").value();
  CHECK(taken.next_line() == 10);
  CHECK(taken.rows_taken() == 5);
  CHECK(importing.Export(book, v1::PRICE_FILE_FORMAT_CSV).first ==
        "product_code,service_level,unit_price,bands,percent,minimum_amount,maximum_amount\r\n"
        "SEAT,,,50:12;:9,,,\r\nSEAT,gold,15,,,,\r\nINSTALL,,6.5,,,,\r\n");

  v1::CompletePriceImportRequest complete;
  complete.set_id(import.id());
  CHECK(CompletePriceImport(importing.app, importing.Call(), complete)->status() ==
        v1::PRICE_IMPORT_STATUS_COMPLETED);
  CHECK(Reason(importing.Take(import, 10, "SEAT,,1,\n")) == "PRICE_IMPORT_COMPLETED");
  CHECK(importing.Events().ends_with("price_import.completed"));
  v1::GetPriceImportRequest get;
  get.set_id(import.id());
  CHECK(GetPriceImport(importing.app, importing.Call(), get)->columns_size() == 4);
  v1::ListPriceImportsRequest list;
  list.set_price_book_id(book.id());
  CHECK(ListPriceImports(importing.app, importing.Call(), list)->data_size() == 1);

  const v1::PriceImport late = importing.Begin(book);
  REQUIRE(importing.PublishBook(book));
  CHECK(Reason(importing.Take(late, 1, first)) == "PRICE_BOOK_NOT_DRAFT");
  CHECK(importing.Preview(importing.installation, importing.company).net_amount().amount() == "6.50");
}

TEST_CASE("JSON lines say the same as CSV, and an export of a book fills another") {
  Importing importing;
  const v1::PriceBook book = importing.Draft("LINES").value();
  const v1::PriceImport import = importing.Begin(book, "lines");
  const v1::PriceImport taken =
      importing
          .Take(import, 1,
                R"({"product_code":"INSTALL","unit_price":"5","minimum_amount":"3"})"
                "\n"
                R"({"product_code":"SEAT","bands":[{"up_to":"50","unit_price":"12"},{"unit_price":"9"}]})"
                "\n"
                R"({"product_code":"SEAT","bands":[{"up_to":"x","unit_price":"12"}]})"
                "\n"
                R"({"product_code":"SEAT","price":"1"})"
                "\n{\n",
                "application/x-ndjson")
          .value();
  CHECK(taken.rows_taken() == 2);
  CHECK(taken.rows_refused() == 3);
  CHECK(taken.next_line() == 6);
  CHECK(importing.Refused(import) == "3 bands INVALID_FORMAT; 4 price UNKNOWN_FIELD; 5  MALFORMED");
  const std::string lines = importing.Export(book, v1::PRICE_FILE_FORMAT_LINES).first;
  const v1::PriceBook other = importing.Draft("OTHER").value();
  REQUIRE(importing.Take(importing.Begin(other, "lines"), 1, lines, "application/x-ndjson"));
  CHECK(importing.Export(other, v1::PRICE_FILE_FORMAT_CSV) ==
        importing.Export(book, v1::PRICE_FILE_FORMAT_CSV));
}

TEST_CASE("A long book leaves in pieces, each price once") {
  Importing importing;
  const v1::PriceBook book = importing.Draft("LONG").value();
  importing.test.Execute(
      "INSERT INTO catalogue.price_book_entry (id, price_book_id, product_id, service_level, unit_price,"
      " bands, created_at) SELECT gen_random_uuid(), b.id, p.id, 'l' || n, n, '[]', now()"
      " FROM catalogue.price_book AS b, catalogue.product AS p, generate_series(1, 2500) AS n"
      " WHERE p.code = 'SEAT'");
  const auto [text, pieces] = importing.Export(book, v1::PRICE_FILE_FORMAT_CSV);
  CHECK(pieces == 2);
  std::set<std::string> seen;
  domain::ForEachLine(text, 1, [&](int64_t, std::string_view line) { seen.emplace(line); });
  CHECK(seen.size() == 2501);
  v1::ExportPriceBookEntriesRequest unknown;
  unknown.set_price_book_id(book.id());
  unknown.set_after(ids::Id<"pbe">::New().ToString());
  CHECK(Pointer(ExportPriceBookEntries(importing.app, importing.Call(), unknown)) == "after");
}

}  // namespace
}  // namespace continuo::catalogue::app
