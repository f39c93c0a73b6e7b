#include <set>

#include "continuo/billing/v1/calculations.pb.h"
#include "services/billing/app/calculated_taxes.h"
#include "services/billing/app/calculations.h"
#include "services/billing/domain/credit.h"

namespace continuo::billing::app {
namespace {

using calculations::ReadMoney;
using calculations::WriteMoney;
using money::Money;

Result<domain::CreditableLine> LineOf(const v1::CreditableInvoiceLine& message,
                                      money::Currency currency, const std::string& pointer) {
  domain::CreditableLine line{.id = message.id(),
                              .tax_code = message.tax_code().empty()
                                              ? std::string(domain::kStandardTaxCode)
                                              : message.tax_code()};
  ASSIGN_OR_RETURN(line.rate,
                   calculations::ReadDecimal(message.tax_rate(), pointer + "/tax_rate"));
  ASSIGN_OR_RETURN(line.net, ReadMoney(message.net(), currency, pointer + "/net"));
  line.credited = Money::Zero(currency);
  if (!message.has_credited()) return line;
  ASSIGN_OR_RETURN(line.credited, ReadMoney(message.credited(), currency, pointer + "/credited"));
  const bool runs_back = line.credited.Sign() * line.net.Sign() < 0;
  if (runs_back || line.credited.Absolute() > line.net.Absolute()) {
    return Invalid(pointer + "/credited/amount", "OUT_OF_RANGE",
                   "No more than the line's net amount can be credited.");
  }
  return line;
}

// What earlier notes took of the tax follows from what they took of the lines: it is cumulative.
Result<std::vector<domain::CreditableTax>> TaxesOf(
    const std::vector<domain::CreditableLine>& lines) {
  std::vector<domain::TaxableLine> invoiced, credited;
  for (const domain::CreditableLine& line : lines) {
    invoiced.push_back({line.tax_code, line.rate, line.net});
    credited.push_back({line.tax_code, line.rate, line.credited});
  }
  ASSIGN_OR_RETURN(const auto taxes, domain::TaxByRate(invoiced));
  ASSIGN_OR_RETURN(const auto credits, domain::TaxByRate(credited));
  std::vector<domain::CreditableTax> creditable;
  for (size_t i = 0; i < taxes.size(); ++i) creditable.push_back({taxes[i], credits[i].tax});
  return creditable;
}

Result<domain::CreditableInvoice> InvoiceOf(const v1::CreditNoteCalculationRequest& request) {
  domain::CreditableInvoice invoice{.id = "of the request"};
  ASSIGN_OR_RETURN(const Money first,
                   ReadMoney(request.invoice_lines(0).net(), "/invoice_lines/0/net"));
  std::set<std::string> ids;
  for (int i = 0; i < request.invoice_lines_size(); ++i) {
    const std::string pointer = "/invoice_lines/" + std::to_string(i);
    ASSIGN_OR_RETURN(domain::CreditableLine line,
                     LineOf(request.invoice_lines(i), first.currency(), pointer));
    if (!ids.insert(line.id).second) {
      return Invalid(pointer + "/id", "DUPLICATE", "Give each line of the invoice its own id.");
    }
    invoice.lines.push_back(std::move(line));
  }
  ASSIGN_OR_RETURN(invoice.taxes, TaxesOf(invoice.lines));
  return invoice;
}

Result<std::vector<domain::CreditRequest>> WishesOf(
    const v1::CreditNoteCalculationRequest& request) {
  std::vector<domain::CreditRequest> wishes;
  for (int i = 0; i < request.lines_size(); ++i) {
    const v1::CreditWish& wish = request.lines(i);
    wishes.push_back({.line_id = wish.invoice_line_id(), .net = {}});
    if (!wish.has_net()) continue;
    ASSIGN_OR_RETURN(wishes.back().net,
                     ReadMoney(wish.net(), "/lines/" + std::to_string(i) + "/net"));
  }
  return wishes;
}

void ShowLines(const domain::CreditableInvoice& invoice, const domain::Credit& credit,
               v1::CalculatedCreditNote* answer) {
  for (const domain::CreditedLine& credited : credit.lines) {
    const domain::CreditableLine& line = invoice.lines[credited.line];
    v1::CreditedInvoiceLine& shown = *answer->add_lines();
    shown.set_invoice_line_id(line.id);
    WriteMoney(credited.net, shown.mutable_net());
    WriteMoney(line.net - line.credited - credited.net, shown.mutable_left());
    calculations::AddStep(answer->mutable_derivation(), "line",
                          line.id + ": of " + (line.net - line.credited).AmountText() + " left",
                          credited.net.ToRatio(), credited.net);
  }
}

}  // namespace

Result<v1::CalculatedCreditNote> CalculateCreditNote(
    const v1::CreditNoteCalculationRequest& request) {
  ASSIGN_OR_RETURN(const domain::CreditableInvoice invoice, InvoiceOf(request));
  ASSIGN_OR_RETURN(const auto wishes, WishesOf(request));
  const domain::Excess excess = request.excess() == v1::EXCESS_POLICY_CAP
                                    ? domain::Excess::kCap
                                    : domain::Excess::kRefuse;
  ASSIGN_OR_RETURN(const domain::Credit credit, domain::CreditInvoice(invoice, wishes, excess));
  v1::CalculatedCreditNote answer;
  ShowLines(invoice, credit, &answer);
  ShowTaxes(credit.taxes, answer.mutable_derivation(), answer.mutable_taxes());
  WriteMoney(credit.net, answer.mutable_net());
  WriteMoney(credit.tax, answer.mutable_tax());
  WriteMoney(credit.net + credit.tax, answer.mutable_total());
  return answer;
}

}  // namespace continuo::billing::app
