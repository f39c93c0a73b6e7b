#include "services/billing/domain/plan_invoices.h"

#include <algorithm>
#include <map>

#include "services/billing/domain/issue.h"

namespace continuo::billing::domain {
namespace {

using calendar::Date;
using money::Money;

void SetAside(std::string code, std::string detail, PlannedInvoice* invoice) {
  invoice->set_aside_code = std::move(code);
  invoice->set_aside_detail = std::move(detail);
}

Result<void> Tax(std::span<const ItemToBill> items, const BillingParties& parties,
                 std::span<const TaxRate> rates, PlannedInvoice* invoice) {
  if (parties.customer_country.empty()) {
    SetAside("ACCOUNT_WITHOUT_COUNTRY", "Enter the account's country and run again.", invoice);
    return {};
  }
  std::vector<TaxableLine> lines;
  for (const size_t index : invoice->items) {
    const ItemToBill& item = items[index];
    const auto rate = FindTaxRate(rates, {.country = parties.country,
                                          .customer_country = parties.customer_country,
                                          .tax_code = item.tax_code,
                                          .tax_point = invoice->issue_on});
    if (!rate) {
      invoice->tax_rates.clear();
      SetAside(rate.error().reason, rate.error().message, invoice);
      return {};
    }
    invoice->tax_rates.push_back(*rate);
    lines.push_back({.tax_code = item.tax_code, .rate = *rate, .net = item.amount});
  }
  ASSIGN_OR_RETURN(invoice->taxes, TaxByRate(lines));
  for (const RateTax& tax : invoice->taxes) {
    ASSIGN_OR_RETURN(invoice->tax, money::Add(invoice->tax, tax.tax));
  }
  return {};
}

Result<PlannedInvoice> Plan(std::span<const ItemToBill> items, std::vector<size_t> billed,
                            Date issue_on) {
  std::stable_sort(billed.begin(), billed.end(), [&](size_t a, size_t b) {
    return items[a].bill_on < items[b].bill_on;
  });
  const Money zero = Money::Zero(items[billed.front()].amount.currency());
  PlannedInvoice invoice{.issue_on = issue_on, .net = zero, .tax = zero};
  int payment_days = 0;
  for (const size_t index : billed) {
    payment_days = std::max(payment_days, items[index].payment_days);
    ASSIGN_OR_RETURN(invoice.net, money::Add(invoice.net, items[index].amount));
  }
  invoice.items = std::move(billed);
  ASSIGN_OR_RETURN(const Issued issued,
                   Issue({.issue_on = issue_on, .payment_days = payment_days}, issue_on));
  invoice.due_on = issued.due_on;
  return invoice;
}

}  // namespace

Result<std::vector<PlannedInvoice>> PlanInvoices(std::span<const ItemToBill> items,
                                                 const BillingParties& parties,
                                                 std::span<const TaxRate> rates, Date known_on) {
  std::map<Date, std::vector<size_t>> by_day;
  for (size_t i = 0; i < items.size(); ++i) {
    by_day[std::max(items[i].bill_on, known_on)].push_back(i);
  }
  std::vector<PlannedInvoice> invoices;
  for (auto& [day, billed] : by_day) {
    ASSIGN_OR_RETURN(PlannedInvoice invoice, Plan(items, std::move(billed), day));
    RETURN_IF_FAULT(Tax(items, parties, rates, &invoice));
    invoices.push_back(std::move(invoice));
  }
  return invoices;
}

}  // namespace continuo::billing::domain
