// The invoices that an order would come to: the items that TakeOrder and TakeReleaseBatch would
// make of it, planned by domain/plan_invoices.h. Parties and rates are those of now. Writes nothing.
#pragma once

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::billing::v1 {
class PreviewInvoicesRequest;
class PreviewInvoicesResponse;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::PreviewInvoicesResponse> PreviewInvoices(const App& app, const rpc::Call& call,
                                                    const v1::PreviewInvoicesRequest& request);

}  // namespace continuo::billing::app
