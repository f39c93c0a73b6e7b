#include "services/billing/rpc/billing_rpc.h"

#include "continuo/billing/v1/billing_service.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/rpc/methods.h"
#include "services/billing/app/account_balances.h"
#include "services/billing/app/bill_run_schedules.h"
#include "services/billing/app/bill_runs.h"
#include "services/billing/app/billable_items.h"
#include "services/billing/app/credit_notes.h"
#include "services/billing/app/invoice_page.h"
#include "services/billing/app/invoices.h"
#include "services/billing/app/payments.h"
#include "services/billing/app/tax_rates.h"
#include "services/billing/service.h"

namespace continuo::billing {
namespace {

using rpc::Call;
using rpc::Methods;

constexpr const char* kService = "continuo.billing.v1.BillingService/";

// One RPC: the use case of the same name.
template <class Request, class Answer>
void On(Methods& methods, const app::App& app, const char* name,
        Result<Answer> (*use_case)(const app::App&, const Call&, const Request&)) {
  methods.On<Request, Answer>(
      std::string(kService) + name,
      [app, use_case](const Call& call, const Request& request) {
        return use_case(app, call, request);
      });
}

}  // namespace

void Offer(Methods& methods, const app::App& app) {
  On(methods, app, "GetBillableItem", &app::GetBillableItem);
  On(methods, app, "ListBillableItems", &app::ListBillableItems);
  On(methods, app, "SetAsideBillableItem", &app::SetAsideBillableItem);
  On(methods, app, "RestoreBillableItem", &app::RestoreBillableItem);
  On(methods, app, "CreateBillRun", &app::CreateBillRun);
  On(methods, app, "GetBillRun", &app::GetBillRun);
  On(methods, app, "ListBillRuns", &app::ListBillRuns);
  On(methods, app, "ListBillRunSetAsides", &app::ListBillRunSetAsides);
  On(methods, app, "CancelBillRun", &app::CancelBillRun);
  On(methods, app, "CreateBillRunSchedule", &app::CreateBillRunSchedule);
  On(methods, app, "GetBillRunSchedule", &app::GetBillRunSchedule);
  On(methods, app, "ListBillRunSchedules", &app::ListBillRunSchedules);
  On(methods, app, "UpdateBillRunSchedule", &app::UpdateBillRunSchedule);
  On(methods, app, "GetInvoice", &app::GetInvoice);
  On(methods, app, "ListInvoices", &app::ListInvoices);
  On(methods, app, "GetInvoicePage", &app::GetInvoicePage);
  On(methods, app, "PreviewInvoice", &app::PreviewInvoice);
  On(methods, app, "IssueInvoice", &app::IssueInvoice);
  On(methods, app, "VoidDraftInvoice", &app::VoidDraftInvoice);
  On(methods, app, "CreateCreditNote", &app::CreateCreditNote);
  On(methods, app, "GetCreditNote", &app::GetCreditNote);
  On(methods, app, "ListCreditNotes", &app::ListCreditNotes);
  On(methods, app, "CreatePayment", &app::CreatePayment);
  On(methods, app, "GetPayment", &app::GetPayment);
  On(methods, app, "ListPayments", &app::ListPayments);
  On(methods, app, "AllocatePayment", &app::AllocatePayment);
  On(methods, app, "ReversePayment", &app::ReversePayment);
  On(methods, app, "ListAccountBalances", &app::ListAccountBalances);
  On(methods, app, "CreateTaxRate", &app::CreateTaxRate);
  On(methods, app, "GetTaxRate", &app::GetTaxRate);
  On(methods, app, "ListTaxRates", &app::ListTaxRates);
  On(methods, app, "UpdateTaxRate", &app::UpdateTaxRate);
  On(methods, app, "DeleteTaxRate", &app::DeleteTaxRate);
  OfferCalculations(methods);
}

}  // namespace continuo::billing
