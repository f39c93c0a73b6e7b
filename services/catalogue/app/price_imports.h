// Files of prices into drafts of price books, and books out into files.
#pragma once

#include "services/catalogue/app/app.h"

namespace google::api {
class HttpBody;
}
namespace continuo::catalogue::v1 {
class CompletePriceImportRequest;
class CreatePriceImportRequest;
class ExportPriceBookEntriesRequest;
class GetPriceImportRequest;
class ListPriceImportsRequest;
class ListPriceImportsResponse;
class ListRefusedPriceRowsRequest;
class ListRefusedPriceRowsResponse;
class PriceImport;
class TakePriceRowsRequest;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::PriceImport> CreatePriceImport(const App& app, const rpc::Call& call,
                                          const v1::CreatePriceImportRequest& request);
Result<v1::PriceImport> GetPriceImport(const App& app, const rpc::Call& call,
                                       const v1::GetPriceImportRequest& request);
Result<v1::ListPriceImportsResponse> ListPriceImports(const App& app, const rpc::Call& call,
                                                      const v1::ListPriceImportsRequest& request);
Result<v1::PriceImport> TakePriceRows(const App& app, const rpc::Call& call,
                                      const v1::TakePriceRowsRequest& request);
Result<v1::PriceImport> CompletePriceImport(const App& app, const rpc::Call& call,
                                            const v1::CompletePriceImportRequest& request);
Result<v1::ListRefusedPriceRowsResponse> ListRefusedPriceRows(
    const App& app, const rpc::Call& call, const v1::ListRefusedPriceRowsRequest& request);
Result<google::api::HttpBody> ExportPriceBookEntries(
    const App& app, const rpc::Call& call, const v1::ExportPriceBookEntriesRequest& request);

}  // namespace continuo::catalogue::app
