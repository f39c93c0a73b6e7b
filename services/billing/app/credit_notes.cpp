#include "services/billing/app/credit_notes.h"

#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/billing/app/amounts.h"
#include "services/billing/app/parties.h"
#include "services/billing/domain/credit.h"
#include "services/billing/domain/issue.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

struct LockedInvoice {
  ids::InvoiceId id;
  ids::AccountId account_id;
  ids::DivisionId division_id;
  money::Currency currency;
  int64_t balance_minor = 0;
};

Result<LockedInvoice> LockInvoice(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::lock_issued_invoice, IdOrNull("inv", id));
  if (!found.empty()) {
    const postgres::Row row = found.front();
    return LockedInvoice{.id = ids::InvoiceId(row.Uuid("id")),
                         .account_id = ids::AccountId(row.Uuid("account_id")),
                         .division_id = ids::DivisionId(row.Uuid("division_id")),
                         .currency = StoredAmount(0, row.Text("currency")).currency(),
                         .balance_minor = row.Int("balance_minor")};
  }
  if (tx.Run(sql::invoice_exists, IdOrNull("inv", id)).empty()) {
    return Invalid("/invoice_id", "REFERENCE_NOT_FOUND", "There is no invoice " + id + ".");
  }
  return FailedPrecondition("INVOICE_NOT_ISSUED",
                            "Invoice " + id + " is not issued. Void the draft instead.",
                            {{"invoice_id", id}});
}

domain::CreditableInvoice LoadCreditable(Transaction& tx, const LockedInvoice& invoice) {
  const auto amount = [&](int64_t minor) {
    return money::Money::FromMinor(minor, invoice.currency);
  };
  domain::CreditableInvoice creditable{.id = invoice.id.ToString()};
  for (const postgres::Row row : tx.Run(sql::list_creditable_lines, invoice.id)) {
    creditable.lines.push_back({.id = row.Id("il", "id"),
                                .tax_code = std::string(row.Text("tax_code")),
                                .rate = row.Decimal("rate"),
                                .net = amount(row.Int("net_minor")),
                                .credited = amount(row.Int("credited_minor"))});
  }
  for (const postgres::Row row : tx.Run(sql::list_creditable_taxes, invoice.id)) {
    creditable.taxes.push_back({.invoiced = {.tax_code = std::string(row.Text("tax_code")),
                                             .rate = row.Decimal("rate"),
                                             .base = amount(row.Int("base_minor")),
                                             .tax = amount(row.Int("tax_minor"))},
                                .credited = amount(row.Int("credited_minor"))});
  }
  return creditable;
}

Result<std::vector<domain::CreditRequest>> ReadRequests(const v1::CreditNote& wanted) {
  std::vector<domain::CreditRequest> requests;
  for (int i = 0; i < wanted.lines_size(); ++i) {
    const v1::CreditNoteLine& line = wanted.lines(i);
    domain::CreditRequest request{.line_id = line.invoice_line_id()};
    if (line.has_net()) {
      ASSIGN_OR_RETURN(request.net,
                       ReadAmount(line.net(), "/lines/" + std::to_string(i) + "/net"));
    }
    requests.push_back(std::move(request));
  }
  return requests;
}

void InsertParts(Transaction& tx, const ids::CreditNoteId& id, const LockedInvoice& invoice,
                 const domain::CreditableInvoice& creditable, const domain::Credit& credit) {
  std::vector<ids::Id<"cnl">> line_ids;
  std::vector<std::string> item_ids;
  std::vector<int64_t> nets;
  for (const domain::CreditedLine& line : credit.lines) {
    line_ids.push_back(ids::Id<"cnl">::New());
    item_ids.push_back(creditable.lines[line.line].id);
    nets.push_back(line.net.minor());
  }
  tx.Run(sql::insert_credit_note_lines, id, invoice.account_id, line_ids,
         postgres::IdArray("il", item_ids), nets);
  std::vector<std::string> codes;
  std::vector<money::Decimal> rates;
  std::vector<int64_t> bases;
  std::vector<int64_t> taxes;
  for (const domain::RateTax& tax : credit.taxes) {
    codes.push_back(tax.tax_code);
    rates.push_back(tax.rate);
    bases.push_back(tax.base.minor());
    taxes.push_back(tax.tax.minor());
  }
  tx.Run(sql::insert_credit_note_taxes, id, invoice.account_id, codes, rates, bases, taxes);
}

Result<v1::CreditNote> Load(Transaction& tx, const std::string& id) {
  const postgres::Parameter key = IdOrNull("cn", id);
  const postgres::Rows found = tx.Run(sql::get_credit_note, key);
  if (found.empty()) return NotFound("credit_note", id);
  v1::CreditNote note;
  postgres::Fill(found.front(), &note);
  postgres::FillAll(tx.Run(sql::list_credit_note_lines, key), note.mutable_lines());
  postgres::FillAll(tx.Run(sql::list_credit_note_taxes, key), note.mutable_taxes());
  note.mutable_control_totals()->set_count(note.lines_size());
  *note.mutable_control_totals()->add_sums() = note.net();
  return note;
}

void Announce(Transaction& tx, const v1::CreditNote& note) {
  v1::CreditNoteIssued event;
  event.set_id(note.id());
  event.set_revision(note.revision());
  event.set_account_id(note.account_id());
  event.set_division_id(note.division_id());
  event.set_invoice_id(note.invoice_id());
  event.set_number(note.number());
  event.set_issued_on(note.issued_on());
  *event.mutable_net() = note.net();
  *event.mutable_tax() = note.tax();
  *event.mutable_total() = note.total();
  *event.mutable_control_totals() = note.control_totals();
  events::Append(tx, event, {.source_version = note.revision()});
}

// A credit can be what settles an invoice.
void AnnounceIfSettled(Transaction& tx, const LockedInvoice& invoice, const domain::Credit& credit,
                       calendar::Date today) {
  const postgres::Row row =
      tx.Run(sql::credit_issued_invoice, invoice.id, (credit.net + credit.tax).minor()).front();
  if (row.Int("balance_minor") != 0 || invoice.balance_minor == 0) return;
  v1::InvoicePaid event;
  event.set_id(invoice.id.ToString());
  event.set_revision(row.Int("revision"));
  event.set_account_id(invoice.account_id.ToString());
  event.set_paid_on(today.ToString());
  WriteAmount(StoredAmount(row.Int("total_minor"), invoice.currency.code()),
              event.mutable_total());
  events::Append(tx, event, {.source_version = row.Int("revision")});
}

// The number is taken when all else is written.
void IssueNote(Transaction& tx, const ids::CreditNoteId& id, const LockedInvoice& invoice,
               const domain::Credit& credit, const Seller& seller, const std::string& reason) {
  const auto kind = domain::DocumentKind::kCreditNote;
  const std::string series = domain::SeriesOf(seller.invoice_series, kind);
  const int64_t sequence =
      tx.Run(sql::take_numbers, invoice.division_id, series, 1).front().Int("first");
  tx.Run(sql::insert_credit_note, id, invoice.id, invoice.account_id, invoice.division_id,
         invoice.currency.code(), reason, series, sequence,
         domain::DocumentNumber(seller.invoice_series, kind, sequence),
         tx.Today(seller.zone), credit.net.minor(), credit.tax.minor(),
         credit.lines.size(), tx.now());
}

}  // namespace

Result<v1::CreditNote> CreateCreditNote(const App& app, const rpc::Call& call,
                                        const v1::CreateCreditNoteRequest& request) {
  const v1::CreditNote& wanted = request.credit_note();
  ASSIGN_OR_RETURN(const std::vector<domain::CreditRequest> requests, ReadRequests(wanted));
  return app.database.Command<v1::CreditNote>(
      call, [&](Transaction& tx) -> Result<v1::CreditNote> {
        ASSIGN_OR_RETURN(const LockedInvoice invoice, LockInvoice(tx, wanted.invoice_id()));
        const domain::CreditableInvoice creditable = LoadCreditable(tx, invoice);
        ASSIGN_OR_RETURN(const domain::Credit credit,
                         domain::CreditInvoice(creditable, requests));
        ASSIGN_OR_RETURN(const Seller seller, CurrentSeller(tx, invoice.division_id.uuid()));
        const auto id = ids::CreditNoteId::New();
        InsertParts(tx, id, invoice, creditable, credit);
        AnnounceIfSettled(tx, invoice, credit, tx.Today(seller.zone));
        IssueNote(tx, id, invoice, credit, seller, wanted.reason());
        ASSIGN_OR_RETURN(v1::CreditNote note, Load(tx, id.ToString()));
        Announce(tx, note);
        return note;
      });
}

Result<v1::CreditNote> GetCreditNote(const App& app, const rpc::Call& call,
                                     const v1::GetCreditNoteRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListCreditNotesResponse> ListCreditNotes(const App& app, const rpc::Call& call,
                                                    const v1::ListCreditNotesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListCreditNotesResponse> {
    v1::ListCreditNotesResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_credit_notes}, request, &response));
    return response;
  });
}

}  // namespace continuo::billing::app
