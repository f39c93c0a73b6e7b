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
#include "services/billing/app/preview_invoices.h"
#include "services/billing/app/tax_rates.h"
#include "services/billing/service.h"

namespace continuo::billing {

void Offer(rpc::Methods& methods, const app::App& app) {
  methods.Serve(app, app::GetBillableItem, app::ListBillableItems, app::SetAsideBillableItem,
                app::RestoreBillableItem, app::CreateBillRun, app::GetBillRun, app::ListBillRuns,
                app::ListBillRunSetAsides, app::CancelBillRun, app::CreateBillRunSchedule,
                app::GetBillRunSchedule, app::ListBillRunSchedules, app::UpdateBillRunSchedule,
                app::GetInvoice, app::ListInvoices, app::GetInvoicePage, app::PreviewInvoice,
                app::IssueInvoice, app::VoidDraftInvoice, app::CreateCreditNote,
                app::GetCreditNote, app::ListCreditNotes, app::CreatePayment, app::GetPayment,
                app::ListPayments, app::AllocatePayment, app::ReversePayment,
                app::ListAccountBalances, app::CreateTaxRate, app::GetTaxRate, app::ListTaxRates,
                app::UpdateTaxRate, app::DeleteTaxRate, app::PreviewInvoices);
  OfferCalculations(methods);
}

}  // namespace continuo::billing
