#include "services/billing/domain/credit.h"

#include <algorithm>

namespace continuo::billing::domain {
namespace {

using money::Money;

Money LeftOf(const CreditableLine& line) { return line.net - line.credited; }

Failure NothingLeft(const CreditableInvoice& invoice) {
  return FailedPrecondition("NOTHING_LEFT_TO_CREDIT",
                            "All of invoice " + invoice.id +
                                " that was asked for is credited already.",
                            {{"invoice_id", invoice.id}});
}

std::string PointerTo(size_t request, const char* field) {
  return "/lines/" + std::to_string(request) + "/" + field;
}

// A part of a line runs the way the line does, and not further.
Result<Money> AmountOf(const CreditableLine& line, const CreditRequest& request, size_t index,
                       Excess excess) {
  const Money left = LeftOf(line);
  if (!request.net) return left;
  const Money net = *request.net;
  if (net.currency() != line.net.currency()) {
    return Invalid(PointerTo(index, "net/currency"), "CURRENCY_MISMATCH",
                   "The invoice is in " + line.net.currency().ToString() + ".");
  }
  if (net.IsZero() || net.Sign() != line.net.Sign()) {
    return Invalid(PointerTo(index, "net/amount"), "OUT_OF_RANGE",
                   "Credit an amount of the line's own sign, not zero.");
  }
  if (net.Absolute() > left.Absolute()) {
    if (excess == Excess::kCap) return left;
    return FailedPrecondition(
        "CREDIT_EXCEEDS_LINE",
        "Of line " + line.id + " only " + left.ToString() + " is left to credit.",
        {{"invoice_line_id", line.id}, {"left", left.ToString()}});
  }
  return net;
}

Result<std::vector<CreditedLine>> RequestedLines(const CreditableInvoice& invoice,
                                                 std::span<const CreditRequest> requests,
                                                 Excess excess) {
  std::vector<CreditedLine> credited;
  for (size_t i = 0; i < requests.size(); ++i) {
    const auto found = std::find_if(
        invoice.lines.begin(), invoice.lines.end(),
        [&](const CreditableLine& line) { return line.id == requests[i].line_id; });
    if (found == invoice.lines.end()) {
      return Invalid(PointerTo(i, "invoice_line_id"), "REFERENCE_NOT_FOUND",
                     "Invoice " + invoice.id + " has no such line.");
    }
    const size_t line = static_cast<size_t>(found - invoice.lines.begin());
    const bool twice = std::any_of(credited.begin(), credited.end(),
                                   [&](const CreditedLine& other) { return other.line == line; });
    if (twice) {
      return Invalid(PointerTo(i, "invoice_line_id"), "DUPLICATE",
                     "Name each line of the invoice once.");
    }
    ASSIGN_OR_RETURN(const Money net, AmountOf(*found, requests[i], i, excess));
    if (!net.IsZero()) credited.push_back({.line = line, .net = net});
  }
  return credited;
}

std::vector<CreditedLine> RemainingLines(const CreditableInvoice& invoice) {
  std::vector<CreditedLine> credited;
  for (size_t i = 0; i < invoice.lines.size(); ++i) {
    const Money left = LeftOf(invoice.lines[i]);
    if (!left.IsZero()) credited.push_back({.line = i, .net = left});
  }
  return credited;
}

bool Belongs(const CreditableLine& line, const RateTax& tax) {
  return line.tax_code == tax.tax_code && line.rate == tax.rate;
}

// Nothing when the note credits no line of this rate.
Result<std::optional<RateTax>> CreditTax(const CreditableInvoice& invoice,
                                         std::span<const CreditedLine> credited,
                                         const CreditableTax& tax) {
  const RateTax& invoiced = tax.invoiced;
  Money before = Money::Zero(invoiced.base.currency());
  bool emptied = true;
  bool touched = false;
  Money now = before;
  for (size_t i = 0; i < invoice.lines.size(); ++i) {
    const CreditableLine& line = invoice.lines[i];
    if (!Belongs(line, invoiced)) continue;
    before += line.credited;
    Money left = LeftOf(line);
    for (const CreditedLine& part : credited) {
      if (part.line != i) continue;
      touched = true;
      now += part.net;
      left -= part.net;
    }
    emptied = emptied && left.IsZero();
  }
  if (!touched) return std::optional<RateTax>();
  Money to_date = invoiced.tax;
  if (!emptied) {
    ASSIGN_OR_RETURN(to_date, TaxOn(before + now, invoiced.rate));
  }
  return std::optional(RateTax{.tax_code = invoiced.tax_code,
                               .rate = invoiced.rate,
                               .base = now,
                               .tax = to_date - tax.credited});
}

}  // namespace

Result<Credit> CreditInvoice(const CreditableInvoice& invoice,
                             std::span<const CreditRequest> requests, Excess excess) {
  Credit credit;
  if (requests.empty()) {
    credit.lines = RemainingLines(invoice);
  } else {
    ASSIGN_OR_RETURN(credit.lines, RequestedLines(invoice, requests, excess));
  }
  if (credit.lines.empty()) return NothingLeft(invoice);
  credit.net = credit.tax = Money::Zero(invoice.lines.front().net.currency());
  for (const CreditedLine& line : credit.lines) {
    ASSIGN_OR_RETURN(credit.net, money::Add(credit.net, line.net));
  }
  for (const CreditableTax& tax : invoice.taxes) {
    ASSIGN_OR_RETURN(const std::optional<RateTax> credited, CreditTax(invoice, credit.lines, tax));
    if (!credited) continue;
    credit.tax += credited->tax;
    credit.taxes.push_back(*credited);
  }
  return credit;
}

}  // namespace continuo::billing::domain
