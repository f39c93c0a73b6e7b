#include "services/billing/app/preview_invoices.h"

#include "continuo/billing/v1/preview.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "libs/postgres/database.h"
#include "services/billing/app/amounts.h"
#include "services/billing/app/parties.h"
#include "services/billing/app/take_items.h"
#include "services/billing/domain/plan_invoices.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using domain::PlannedInvoice;

Result<std::vector<NewItem>> ItemsOf(const v1::PreviewInvoicesRequest& request) {
  ASSIGN_OR_RETURN(std::vector<NewItem> items, OneOffItems(request.order()));
  for (const contracts::v1::ReleasedLine& line : request.released()) {
    ASSIGN_OR_RETURN(items.emplace_back(), ReleasedItem(line));
  }
  return items;
}

Result<domain::BillingParties> AskParties(const App& app, const rpc::Call& call,
                                          const quoting::v1::Order& order) {
  ASSIGN_OR_RETURN(const crm::v1::Account account, AskAccount(app, call, order.account_id()));
  ASSIGN_OR_RETURN(const directory::v1::Division division,
                   AskDivision(app, call, order.division_id(), "/order/division_id"));
  return domain::BillingParties{.country = division.country(),
                                .customer_country = CountryOf(account)};
}

Result<std::vector<domain::TaxRate>> LoadRates(const App& app, const rpc::Call& call,
                                               const domain::BillingParties& parties) {
  using Rates = std::vector<domain::TaxRate>;
  return app.database.Read(call, [&](postgres::Transaction& tx) -> Result<Rates> {
    Rates rates;
    for (const postgres::Row row : tx.Run(sql::list_tax_rates_of_pair, parties.country,
                                          parties.customer_country)) {
      rates.push_back({.country = parties.country,
                       .customer_country = parties.customer_country,
                       .tax_code = std::string(row.Text("tax_code")),
                       .rate = row.Decimal("rate"),
                       .valid_from = row.Date("valid_from")});
    }
    return rates;
  });
}

void ShowLines(const PlannedInvoice& planned, const std::vector<NewItem>& items,
               v1::Invoice* invoice) {
  int position = 0;
  for (const size_t index : planned.items) {
    const NewItem& item = items[index];
    v1::InvoiceLine& line = *invoice->add_lines();
    if (!planned.tax_rates.empty()) {
      line.set_tax_rate(planned.tax_rates[static_cast<size_t>(position)].ToString());
    }
    line.set_position(++position);
    line.set_description(item.description);
    line.set_quantity(item.quantity);
    line.set_period_start(item.period_start);
    line.set_period_end(item.period_end);
    WriteAmount(item.amount, line.mutable_net());
    line.set_tax_code(item.tax_code);
    line.set_order_line_id(item.order_line_id);
  }
}

void Show(const quoting::v1::Order& order, const PlannedInvoice& planned,
          const std::vector<NewItem>& items, v1::PreviewedInvoice* shown) {
  shown->set_set_aside_code(planned.set_aside_code);
  shown->set_set_aside_detail(planned.set_aside_detail);
  v1::Invoice& invoice = *shown->mutable_invoice();
  invoice.set_status(v1::INVOICE_STATUS_DRAFT);
  invoice.set_account_id(order.account_id());
  invoice.set_division_id(order.division_id());
  invoice.set_currency(planned.net.currency().ToString());
  invoice.set_issue_on(planned.issue_on.ToString());
  invoice.set_issued_on(planned.issue_on.ToString());
  invoice.set_due_on(planned.due_on.ToString());
  WriteAmount(planned.net, invoice.mutable_net());
  if (planned.set_aside_code.empty()) {
    WriteAmount(planned.tax, invoice.mutable_tax());
    WriteAmount(planned.net + planned.tax, invoice.mutable_total());
  }
  for (const domain::RateTax& tax : planned.taxes) {
    v1::InvoiceTax& shown_tax = *invoice.add_taxes();
    shown_tax.set_tax_code(tax.tax_code);
    shown_tax.set_rate(tax.rate.ToString());
    WriteAmount(tax.base, shown_tax.mutable_base());
    WriteAmount(tax.tax, shown_tax.mutable_tax());
  }
  ShowLines(planned, items, &invoice);
}

}  // namespace

Result<v1::PreviewInvoicesResponse> PreviewInvoices(const App& app, const rpc::Call& call,
                                                    const v1::PreviewInvoicesRequest& request) {
  const quoting::v1::Order& order = request.order();
  ASSIGN_OR_RETURN(const calendar::Date accepted_on, calendar::Date::Parse(order.accepted_on()));
  ASSIGN_OR_RETURN(const std::vector<NewItem> items, ItemsOf(request));
  ASSIGN_OR_RETURN(const domain::BillingParties parties, AskParties(app, call, order));
  ASSIGN_OR_RETURN(const std::vector<domain::TaxRate> rates, LoadRates(app, call, parties));
  std::vector<domain::ItemToBill> to_bill;
  for (const NewItem& item : items) {
    to_bill.push_back({item.bill_on, item.amount, item.tax_code, item.payment_days});
  }
  ASSIGN_OR_RETURN(const std::vector<PlannedInvoice> planned,
                   domain::PlanInvoices(to_bill, parties, rates, accepted_on));
  v1::PreviewInvoicesResponse answer;
  for (const PlannedInvoice& invoice : planned) Show(order, invoice, items, answer.add_data());
  return answer;
}

}  // namespace continuo::billing::app
