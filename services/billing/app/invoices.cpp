#include "services/billing/app/invoices.h"

#include "continuo/billing/v1/invoice.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/billing/app/amounts.h"
#include "services/billing/app/issue_invoices.h"
#include "services/billing/app/parties.h"
#include "services/billing/domain/issue.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

struct LockedDraft {
  DraftToIssue draft;
  ids::DivisionId division_id;
  domain::DraftState state = domain::DraftState::kDraft;
  int64_t revision = 1;
};

Result<LockedDraft> Lock(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::lock_draft, IdOrNull("inv", id));
  if (found.empty()) return NotFound("invoice", id);
  const postgres::Row row = found.front();
  const std::string_view currency = row.Text("currency");
  LockedDraft locked{
      .draft = {.id = ids::InvoiceId(row.Uuid("id")),
                .account_id = ids::AccountId(row.Uuid("account_id")),
                .issue_on = row.Date("issue_on"),
                .payment_days = static_cast<int>(row.Int("payment_days")),
                .net = StoredAmount(row.Int("net_minor"), currency),
                .tax = StoredAmount(row.Int("tax_minor"), currency),
                .lines = row.Int("line_count")},
      .division_id = ids::DivisionId(row.Uuid("division_id"))};
  const postgres::Rows issued = tx.Run(sql::is_issued, locked.draft.id);
  if (!issued.empty()) {
    locked.state = domain::DraftState::kIssued;
    locked.revision = issued.front().Int("revision");
  } else if (!row.IsNull("voided_at")) {
    locked.state = domain::DraftState::kVoid;
    locked.revision = 2;
  }
  return locked;
}

domain::Draft DraftOf(const LockedDraft& locked) {
  return {.id = locked.draft.id.ToString(),
          .state = locked.state,
          .issue_on = locked.draft.issue_on,
          .payment_days = locked.draft.payment_days};
}

}  // namespace

Result<v1::Invoice> LoadInvoice(Transaction& tx, const std::string& id) {
  const postgres::Parameter key = IdOrNull("inv", id);
  const postgres::Rows found = tx.Run(sql::get_invoice, key);
  if (found.empty()) return NotFound("invoice", id);
  v1::Invoice invoice;
  postgres::Fill(found.front(), &invoice);
  postgres::FillAll(tx.Run(sql::list_invoice_lines, key), invoice.mutable_lines());
  postgres::FillAll(tx.Run(sql::list_invoice_taxes, key), invoice.mutable_taxes());
  invoice.mutable_control_totals()->set_count(invoice.lines_size());
  *invoice.mutable_control_totals()->add_sums() = invoice.net();
  return invoice;
}

Result<v1::Invoice> GetInvoice(const App& app, const rpc::Call& call,
                               const v1::GetInvoiceRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return LoadInvoice(tx, request.id()); });
}

Result<v1::ListInvoicesResponse> ListInvoices(const App& app, const rpc::Call& call,
                                              const v1::ListInvoicesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListInvoicesResponse> {
    v1::ListInvoicesResponse response;
    const postgres::Parameter contract[] = {IdOrNull("ctr", request.contract_id())};
    const std::string_view treated[] = {"contract_id"};
    RETURN_IF_FAULT(postgres::List(
        tx, {.select = sql::select_invoices, .parameters = contract, .treated = treated}, request,
        &response));
    return response;
  });
}

Result<v1::Invoice> PreviewInvoice(const App& app, const rpc::Call& call,
                                   const v1::PreviewInvoiceRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::Invoice> {
    ASSIGN_OR_RETURN(v1::Invoice invoice, LoadInvoice(tx, request.id()));
    const postgres::Row row = tx.Run(sql::get_invoice, IdOrNull("inv", request.id())).front();
    if (invoice.status() != v1::INVOICE_STATUS_DRAFT) return invoice;
    ASSIGN_OR_RETURN(const Seller seller, CurrentSeller(tx, row.Uuid("division_id")));
    const calendar::Date today = tx.Today(seller.zone);
    const calendar::Date issued_on = std::max(today, row.Date("issue_on"));
    invoice.set_issued_on(issued_on.ToString());
    invoice.set_due_on(issued_on.AddDays(row.Int("payment_days")).ToString());
    return invoice;
  });
}

Result<v1::Invoice> IssueInvoice(const App& app, const rpc::Call& call,
                                 const v1::IssueInvoiceRequest& request) {
  return app.database.Command<v1::Invoice>(call, [&](Transaction& tx) -> Result<v1::Invoice> {
    ASSIGN_OR_RETURN(const LockedDraft locked, Lock(tx, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, locked.revision));
    ASSIGN_OR_RETURN(const Seller seller, CurrentSeller(tx, locked.division_id.uuid()));
    const calendar::Date today = tx.Today(seller.zone);
    RETURN_IF_FAULT(domain::Issue(DraftOf(locked), today));
    ASSIGN_OR_RETURN(const v1::Invoice before, LoadInvoice(tx, request.id()));
    tx.AuditBefore(before);
    RETURN_IF_FAULT(IssueInvoices(tx,
                                  {.division_id = locked.division_id,
                                   .invoice_series = seller.invoice_series,
                                   .today = today},
                                  {&locked.draft, 1}));
    return LoadInvoice(tx, request.id());
  });
}

Result<v1::Invoice> VoidDraftInvoice(const App& app, const rpc::Call& call,
                                     const v1::VoidDraftInvoiceRequest& request) {
  return app.database.Command<v1::Invoice>(call, [&](Transaction& tx) -> Result<v1::Invoice> {
    ASSIGN_OR_RETURN(const LockedDraft locked, Lock(tx, request.id()));
    RETURN_IF_FAULT(postgres::CheckRevision(call, locked.revision));
    if (locked.state != domain::DraftState::kDraft) {
      return FailedPrecondition("INVOICE_NOT_DRAFT",
                                "Invoice " + request.id() +
                                    " is no draft any more. An issued invoice is corrected by a "
                                    "credit note.",
                                {{"id", request.id()}});
    }
    ASSIGN_OR_RETURN(const v1::Invoice before, LoadInvoice(tx, request.id()));
    tx.AuditBefore(before);
    tx.Run(sql::void_draft, locked.draft.id, tx.now());
    return LoadInvoice(tx, request.id());
  });
}

}  // namespace continuo::billing::app
