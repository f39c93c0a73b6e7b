#include "services/catalogue/app/price_imports.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "continuo/catalogue/v1/events.pb.h"
#include "continuo/catalogue/v1/price_import.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/array_of.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/app/price_book_rows.h"
#include "services/catalogue/app/price_rows.h"
#include "services/catalogue/domain/price_book.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

using postgres::ArrayOf;
using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Parameter;
using postgres::Transaction;

using PriceImportId = ids::Id<"pimp">;
using RefusedPriceRowId = ids::Id<"prr">;

const postgres::Resource kPriceImport{sql::select_price_import, sql::lock_price_import};

Result<v1::PriceImport> LoadOpen(Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(v1::PriceImport import,
                   postgres::LoadForChange<v1::PriceImport>(tx, kPriceImport, id));
  if (import.status() == v1::PRICE_IMPORT_STATUS_OPEN) return import;
  return FailedPrecondition("PRICE_IMPORT_COMPLETED",
                            "The import is completed. Begin another for more prices.",
                            {{"price_import_id", id}});
}

Result<void> CheckLine(const v1::PriceImport& import, int64_t line) {
  if (line == import.next_line()) return {};
  const std::string next = std::to_string(import.next_line());
  return FailedPrecondition("PRICE_IMPORT_OUT_OF_STEP",
                            "The import has everything before line " + next +
                                " of the file. Send the piece that begins there.",
                            {{"next_line", next}});
}

Result<void> CheckMediaType(const v1::PriceImport& import, const google::api::HttpBody& body) {
  const std::string& given = body.content_type();
  const std::string wanted =
      import.format() == v1::PRICE_FILE_FORMAT_CSV ? "text/csv" : "application/x-ndjson";
  if (given.substr(0, given.find(';')) == wanted) return {};
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "UNSUPPORTED_MEDIA_TYPE",
                       .message = "Send the rows as " + wanted + ", as the import's format is.",
                       .metadata = {{"content_type", given}}});
}

struct Piece {
  std::vector<std::string> columns;
  int64_t lines = 0;  // the header among them
  domain::PriceRows read;
};

Result<Piece> ReadPiece(const v1::PriceImport& import, std::string_view text) {
  if (text.empty()) return Invalid("", "REQUIRED", "Send at least one line.");
  Piece piece;
  piece.columns.assign(import.columns().begin(), import.columns().end());
  if (import.format() == v1::PRICE_FILE_FORMAT_LINES) {
    piece.read = ReadJsonRows(text, import.next_line());
    piece.lines = piece.read.lines;
    return piece;
  }
  if (import.next_line() == 1) {
    const size_t end = text.find('\n');
    std::string_view header = text.substr(0, end);
    if (header.ends_with('\r')) header.remove_suffix(1);
    ASSIGN_OR_RETURN(piece.columns, domain::ReadCsvHeader(header));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    piece.lines = 1;
  }
  piece.read = domain::ReadCsvRows(text, piece.columns, import.next_line() + piece.lines);
  piece.lines += piece.read.lines;
  return piece;
}

struct PricedProduct {
  ids::ProductId id;
  bool is_retired = false;
  domain::Product shape;
};
using Products = std::unordered_map<std::string, PricedProduct>;  // by code

Products FindProducts(Transaction& tx, const std::vector<domain::PriceRow>& rows) {
  std::unordered_set<std::string> codes;
  for (const domain::PriceRow& row : rows) codes.insert(row.product_code);
  Products products;
  for (const postgres::Row row : tx.Run(sql::list_priced_products,
                                        std::vector<std::string>(codes.begin(), codes.end()))) {
    PricedProduct& product = products[std::string(row.Text("code"))];
    product.id = ids::ProductId(row.Uuid("id"));
    product.is_retired = row.Text("status") == "retired";
    product.shape = ReadPricedShape(row);
  }
  return products;
}

// The rows that fit their products, each product and level once: the last of the piece holds.
struct Fitting {
  std::vector<const domain::PriceRow*> rows;
  std::vector<ids::ProductId> products;
  int64_t taken = 0;  // those that a later one replaced among them
};

std::vector<domain::RowFault> FaultsOf(const domain::PriceRow& row, const PricedProduct* product) {
  if (product == nullptr) {
    return {{row.line, "product_code", "REFERENCE_NOT_FOUND",
             "There is no product with code " + row.product_code + "."}};
  }
  if (product->is_retired) {
    return {{row.line, "product_code", "NOT_ALLOWED",
             "Product " + row.product_code + " is retired."}};
  }
  std::vector<domain::RowFault> faults;
  for (Violation& violation :
       domain::ValidateBookPrice(product->shape, row.service_level, row.price)) {
    faults.push_back({row.line, ColumnOf(violation.pointer), std::move(violation.code),
                      std::move(violation.detail)});
  }
  return faults;
}

Fitting Fit(const Products& products, domain::PriceRows* read) {
  Fitting fitting;
  std::unordered_map<std::string, size_t> places;
  for (const domain::PriceRow& row : read->rows) {
    const auto found = products.find(row.product_code);
    std::vector<domain::RowFault> faults =
        FaultsOf(row, found == products.end() ? nullptr : &found->second);
    if (!faults.empty()) {
      ++read->rows_refused;
      std::move(faults.begin(), faults.end(), std::back_inserter(read->faults));
      continue;
    }
    ++fitting.taken;
    const auto [place, is_new] =
        places.try_emplace(row.product_code + "\n" + row.service_level, fitting.rows.size());
    if (is_new) {
      fitting.rows.push_back(&row);
      fitting.products.push_back(found->second.id);
    } else {
      fitting.rows[place->second] = &row;
    }
  }
  return fitting;
}

void StoreRows(Transaction& tx, const v1::PriceImport& import, const std::string& account_id,
               const Fitting& fitting) {
  if (fitting.rows.empty()) return;
  const auto& rows = fitting.rows;
  using Row = const domain::PriceRow*;
  tx.Run(sql::upsert_price_book_entries, IdOrNull("pbook", import.price_book_id()),
         IdOrNull("acc", account_id), tx.now(),
         ArrayOf(rows, [](Row) { return domain::PriceBookEntryId::New(); }), fitting.products,
         ArrayOf(rows, [](Row row) { return row->service_level; }),
         ArrayOf(rows, [](Row row) { return row->price.unit_price; }),
         ArrayOf(rows, [](Row row) { return BandsJson(row->price.bands); }),
         ArrayOf(rows, [](Row row) { return row->price.percent; }),
         ArrayOf(rows, [](Row row) { return row->price.minimum; }),
         ArrayOf(rows, [](Row row) { return row->price.maximum; }));
}

void StoreFaults(Transaction& tx, const v1::PriceImport& import, const std::string& account_id,
                 const std::vector<domain::RowFault>& faults) {
  if (faults.empty()) return;
  using Row = domain::RowFault;
  tx.Run(sql::insert_refused_price_rows, IdOrNull("pimp", import.id()), IdOrNull("acc", account_id),
         ArrayOf(faults, [](const Row&) { return RefusedPriceRowId::New(); }),
         ArrayOf(faults, [](const Row& row) { return row.line; }),
         ArrayOf(faults, [](const Row& row) { return row.column; }),
         ArrayOf(faults, [](const Row& row) { return row.code; }),
         ArrayOf(faults, [](const Row& row) { return row.detail; }));
}

}  // namespace

Result<v1::PriceImport> CreatePriceImport(const App& app, const rpc::Call& call,
                                          const v1::CreatePriceImportRequest& request) {
  const v1::PriceImport& import = request.price_import();
  return app.database.Command<v1::PriceImport>(
      call, [&](Transaction& tx) -> Result<v1::PriceImport> {
        Result<std::string> account_id = HoldDraft(tx, import.price_book_id());
        if (!account_id && account_id.error().code == Code::kNotFound) {
          return Invalid("/price_book_id", "REFERENCE_NOT_FOUND",
                         "There is no such price book. Check the id.");
        }
        RETURN_IF_FAULT(account_id);
        const PriceImportId id = PriceImportId::New();
        tx.Run(sql::insert_price_import, id, IdOrNull("pbook", import.price_book_id()),
               IdOrNull("acc", *account_id),
               import.format() == v1::PRICE_FILE_FORMAT_CSV ? "csv" : "lines", tx.now());
        return postgres::Load<v1::PriceImport>(tx, kPriceImport, id.ToString());
      });
}

Result<v1::PriceImport> GetPriceImport(const App& app, const rpc::Call& call,
                                       const v1::GetPriceImportRequest& request) {
  return postgres::Get<v1::PriceImport>(app.database, call, kPriceImport, request);
}

Result<v1::ListPriceImportsResponse> ListPriceImports(const App& app, const rpc::Call& call,
                                                      const v1::ListPriceImportsRequest& request) {
  return postgres::ListOf<v1::ListPriceImportsResponse>(app.database, call, kPriceImport, request);
}

Result<v1::PriceImport> TakePriceRows(const App& app, const rpc::Call& call,
                                      const v1::TakePriceRowsRequest& request) {
  return app.database.Command<v1::PriceImport>(
      call, [&](Transaction& tx) -> Result<v1::PriceImport> {
        ASSIGN_OR_RETURN(const v1::PriceImport import, LoadOpen(tx, request.id()));
        RETURN_IF_FAULT(CheckMediaType(import, request.rows()));
        RETURN_IF_FAULT(CheckLine(import, request.line()));
        ASSIGN_OR_RETURN(const std::string account_id, HoldDraft(tx, import.price_book_id()));
        ASSIGN_OR_RETURN(Piece piece, ReadPiece(import, request.rows().data()));
        domain::PriceRows& read = piece.read;
        const Fitting fitting = Fit(FindProducts(tx, read.rows), &read);
        StoreRows(tx, import, account_id, fitting);
        StoreFaults(tx, import, account_id, read.faults);
        tx.Run(sql::advance_price_import, IdOrNull("pimp", import.id()), piece.columns, piece.lines,
               fitting.taken, read.rows_refused);
        return postgres::Load<v1::PriceImport>(tx, kPriceImport, import.id());
      });
}

Result<v1::PriceImport> CompletePriceImport(const App& app, const rpc::Call& call,
                                            const v1::CompletePriceImportRequest& request) {
  return app.database.Command<v1::PriceImport>(
      call, [&](Transaction& tx) -> Result<v1::PriceImport> {
        ASSIGN_OR_RETURN(const v1::PriceImport open, LoadOpen(tx, request.id()));
        tx.Run(sql::complete_price_import, IdOrNull("pimp", open.id()), tx.now());
        ASSIGN_OR_RETURN(v1::PriceImport import,
                         postgres::Load<v1::PriceImport>(tx, kPriceImport, open.id()));
        v1::PriceImportCompleted completed;
        completed.set_id(import.id());
        completed.set_revision(import.revision());
        completed.set_account_id(import.account_id());
        completed.set_price_book_id(import.price_book_id());
        completed.set_rows_taken(import.rows_taken());
        completed.set_rows_refused(import.rows_refused());
        events::Append(tx, completed, {.source_version = import.revision()});
        return import;
      });
}

Result<v1::ListRefusedPriceRowsResponse> ListRefusedPriceRows(
    const App& app, const rpc::Call& call, const v1::ListRefusedPriceRowsRequest& request) {
  return app.database.Read(
      call, [&](Transaction& tx) -> Result<v1::ListRefusedPriceRowsResponse> {
        RETURN_IF_FAULT(
            postgres::Load<v1::PriceImport>(tx, kPriceImport, request.price_import_id()));
        v1::ListRefusedPriceRowsResponse response;
        const Parameter of_import[] = {IdOrNull("pimp", request.price_import_id())};
        RETURN_IF_FAULT(postgres::List(
            tx, {.select = sql::select_refused_price_rows, .parameters = of_import}, request,
            &response));
        return response;
      });
}

}  // namespace continuo::catalogue::app
