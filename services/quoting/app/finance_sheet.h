// An order as finance needs it, from its frozen lines alone.
#pragma once

#include "services/quoting/app/app.h"

namespace google::api {
class HttpBody;
}
namespace continuo::quoting::v1 {
class FinanceSheet;
class GetFinanceSheetRequest;
class GetFinanceSheetTableRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::FinanceSheet> GetFinanceSheet(const App& app, const rpc::Call& call,
                                         const v1::GetFinanceSheetRequest& request);
Result<google::api::HttpBody> GetFinanceSheetTable(const App& app, const rpc::Call& call,
                                                   const v1::GetFinanceSheetTableRequest& request);

}  // namespace continuo::quoting::app
