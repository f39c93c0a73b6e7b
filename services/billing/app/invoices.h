// Invoices as their users see them: read, preview, issue, give a draft up.
#pragma once

#include <string>

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::billing::v1 {
class GetInvoiceRequest;
class Invoice;
class IssueInvoiceRequest;
class ListInvoicesRequest;
class ListInvoicesResponse;
class PreviewInvoiceRequest;
class VoidDraftInvoiceRequest;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

// With lines, taxes and control totals.
Result<v1::Invoice> LoadInvoice(postgres::Transaction& tx, const std::string& id);

Result<v1::Invoice> GetInvoice(const App& app, const rpc::Call& call,
                               const v1::GetInvoiceRequest& request);
Result<v1::ListInvoicesResponse> ListInvoices(const App& app, const rpc::Call& call,
                                              const v1::ListInvoicesRequest& request);
Result<v1::Invoice> PreviewInvoice(const App& app, const rpc::Call& call,
                                   const v1::PreviewInvoiceRequest& request);
Result<v1::Invoice> IssueInvoice(const App& app, const rpc::Call& call,
                                 const v1::IssueInvoiceRequest& request);
Result<v1::Invoice> VoidDraftInvoice(const App& app, const rpc::Call& call,
                                     const v1::VoidDraftInvoiceRequest& request);

}  // namespace continuo::billing::app
