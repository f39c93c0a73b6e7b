// An invoice as an HTML page to print or send: GET /v1/invoices/{id}/html. Every value is escaped.
// The page names seller and customer as they were when the invoice was made.
#pragma once

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace google::api {
class HttpBody;
}
namespace continuo::billing::v1 {
class GetInvoiceRequest;
}

namespace continuo::billing::app {

Result<google::api::HttpBody> GetInvoicePage(const App& app, const rpc::Call& call,
                                             const v1::GetInvoiceRequest& request);

}  // namespace continuo::billing::app
