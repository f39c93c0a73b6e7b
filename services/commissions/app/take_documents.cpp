#include "services/commissions/app/take_documents.h"

#include "continuo/billing/v1/credit_note.pb.h"
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/billing/v1/payment.pb.h"
#include "libs/postgres/database.h"
#include "services/commissions/app/amounts.h"
#include "services/commissions/app/credit_to_date.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using money::Money;
using postgres::IdOrNull;
using postgres::Parameter;
using postgres::Transaction;

// The lines of an invoice, or, negative, of a credit note that belong to a contract.
struct Document {
  Parameter id, invoice_id, account_id;
  std::string text_id;
  std::string currency;
  calendar::Date issued_on;
  int64_t total_minor = 0;
  std::vector<std::string> order_lines, orders;
  std::vector<int64_t> nets;
};

template <class Lines>
Result<void> AddLines(const Lines& lines, const type::v1::ControlTotals& announced, int sign,
                      Document* document) {
  events::ControlTotals counted;
  for (const auto& line : lines) {
    ASSIGN_OR_RETURN(const Money net, ReadAmount(line.net()));
    counted.Add(line.net().currency(), net.minor());
    if (line.order_line_id().empty()) continue;
    document->order_lines.push_back(line.order_line_id());
    document->orders.push_back(line.order_id());
    document->nets.push_back(sign * net.minor());
  }
  return CheckTotals(counted, announced);
}

Result<void> CreditInvoices(Transaction& tx, const Parameter& invoices, const Cause& cause) {
  std::vector<std::string> links;
  for (const postgres::Row link : tx.Run(sql::lock_earning_links, invoices)) {
    links.push_back(link.Id("sale", "id"));
  }
  return CreditToDate(tx, links, cause);
}

Result<std::string> Take(Transaction& tx, const Document& document) {
  if (document.order_lines.empty()) return std::string();
  const Parameter order_lines = postgres::IdArray("ol", document.order_lines);
  const postgres::Rows missing = tx.Run(sql::list_missing_lines, order_lines,
                                        postgres::IdArray("ord", document.orders));
  if (!missing.empty()) return missing.front().Id("ord", "order_id");
  tx.Run(sql::insert_billed_total, document.id, document.invoice_id, document.account_id,
         document.total_minor, document.issued_on, tx.now());
  tx.Run(sql::insert_billed, document.id, document.invoice_id, document.account_id,
         document.currency, document.issued_on, tx.now(), order_lines, document.nets);
  RETURN_IF_FAULT(
      CreditInvoices(tx, Parameter::Array(std::vector<Parameter>{document.invoice_id}),
                     {.source_id = document.text_id, .effective_on = document.issued_on}));
  return std::string();
}

}  // namespace

Result<std::string> TakeInvoice(Transaction& tx, const billing::v1::Invoice& invoice,
                                const type::v1::ControlTotals& announced) {
  Document document{.id = IdOrNull("inv", invoice.id()),
                    .invoice_id = IdOrNull("inv", invoice.id()),
                    .account_id = IdOrNull("acc", invoice.account_id()),
                    .text_id = invoice.id(),
                    .currency = invoice.currency()};
  ASSIGN_OR_RETURN(document.issued_on, calendar::Date::Parse(invoice.issued_on()));
  ASSIGN_OR_RETURN(const Money total, ReadAmount(invoice.total()));
  document.total_minor = total.minor();
  RETURN_IF_FAULT(AddLines(invoice.lines(), announced, 1, &document));
  return Take(tx, document);
}

Result<std::string> TakeCreditNote(Transaction& tx, const billing::v1::CreditNote& note,
                                   const type::v1::ControlTotals& announced) {
  Document document{.id = IdOrNull("cn", note.id()),
                    .invoice_id = IdOrNull("inv", note.invoice_id()),
                    .account_id = IdOrNull("acc", note.account_id()),
                    .text_id = note.id(),
                    .currency = note.currency()};
  ASSIGN_OR_RETURN(document.issued_on, calendar::Date::Parse(note.issued_on()));
  ASSIGN_OR_RETURN(const Money total, ReadAmount(note.total()));
  document.total_minor = -total.minor();
  RETURN_IF_FAULT(AddLines(note.lines(), announced, -1, &document));
  return Take(tx, document);
}

Result<void> TakePayment(Transaction& tx, const billing::v1::Payment& payment,
                         calendar::Date effective_on) {
  std::vector<std::string> invoices;
  std::vector<int64_t> amounts;
  for (const billing::v1::Allocation& allocation : payment.allocations()) {
    ASSIGN_OR_RETURN(const Money amount, ReadAmount(allocation.amount()));
    invoices.push_back(allocation.invoice_id());
    amounts.push_back(amount.minor());
  }
  std::vector<ids::Uuid> changed;
  for (const postgres::Row row :
       tx.Run(sql::insert_collected, IdOrNull("pay", payment.id()), payment.revision(),
              IdOrNull("acc", payment.account_id()), effective_on, tx.now(),
              postgres::IdArray("inv", invoices), amounts)) {
    changed.push_back(row.Uuid("invoice_id"));
  }
  if (changed.empty()) return {};
  return CreditInvoices(tx, changed, {.source_id = payment.id(), .effective_on = effective_on});
}

}  // namespace continuo::commissions::app
