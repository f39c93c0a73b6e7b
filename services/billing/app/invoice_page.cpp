#include "services/billing/app/invoice_page.h"

#include <kainjow/mustache.hpp>

#include "continuo/billing/v1/invoice.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/postgres/database.h"
#include "services/billing/app/invoice_page_template.h"
#include "services/billing/app/invoices.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

namespace mustache = kainjow::mustache;
using postgres::Transaction;

std::string TitleOf(const v1::Invoice& invoice) {
  if (invoice.status() == v1::INVOICE_STATUS_VOID) return "Void draft";
  return invoice.number().empty() ? "Draft invoice" : "Invoice " + invoice.number();
}

// The last day served: a period's end is exclusive.
std::string PeriodOf(const v1::InvoiceLine& line) {
  const Result<calendar::Date> end = calendar::Date::Parse(line.period_end());
  if (line.period_start().empty() || !end) return "";
  return line.period_start() + " to " + end->AddDays(-1).ToString();
}

mustache::data ListOf(const char* name, const std::vector<std::string>& values) {
  mustache::data list{mustache::data::type::list};
  for (const std::string& value : values) list.push_back(mustache::data(name, value));
  return list;
}

mustache::data LinesOf(const v1::Invoice& invoice) {
  mustache::data lines{mustache::data::type::list};
  for (const v1::InvoiceLine& line : invoice.lines()) {
    mustache::data entry;
    entry.set("position", std::to_string(line.position()));
    entry.set("description", line.description());
    entry.set("period", PeriodOf(line));
    entry.set("quantity", line.quantity());
    entry.set("tax_rate", line.tax_rate());
    entry.set("net", line.net().amount());
    lines.push_back(entry);
  }
  return lines;
}

mustache::data TaxesOf(const v1::Invoice& invoice) {
  mustache::data taxes{mustache::data::type::list};
  for (const v1::InvoiceTax& tax : invoice.taxes()) {
    mustache::data entry;
    entry.set("rate", tax.rate());
    entry.set("base", tax.base().amount());
    entry.set("tax", tax.tax().amount());
    taxes.push_back(entry);
  }
  return taxes;
}

mustache::data PageOf(const v1::Invoice& invoice, const postgres::Row& parties) {
  mustache::data page;
  page.set("title", TitleOf(invoice));
  page.set("seller_name", std::string(parties.Text("legal_name")));
  page.set("seller_country", std::string(parties.Text("seller_country")));
  page.set("seller_tax_numbers", ListOf("number", parties.TextArray("seller_tax_numbers")));
  page.set("customer_name", std::string(parties.Text("customer_name")));
  page.set("customer_lines", ListOf("line", parties.TextArray("address_lines")));
  page.set("customer_tax_numbers", ListOf("number", parties.TextArray("customer_tax_numbers")));
  if (!invoice.issued_on().empty()) page.set("issued_on", invoice.issued_on());
  if (!invoice.due_on().empty()) page.set("due_on", invoice.due_on());
  page.set("currency", invoice.currency());
  page.set("lines", LinesOf(invoice));
  page.set("taxes", TaxesOf(invoice));
  page.set("net", invoice.net().amount());
  page.set("total", invoice.total().amount());
  return page;
}

}  // namespace

Result<google::api::HttpBody> GetInvoicePage(const App& app, const rpc::Call& call,
                                             const v1::GetInvoiceRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<google::api::HttpBody> {
    ASSIGN_OR_RETURN(const v1::Invoice invoice, LoadInvoice(tx, request.id()));
    const postgres::Rows parties =
        tx.Run(sql::find_invoice_parties, postgres::IdOrNull("inv", request.id()));
    if (parties.empty()) return Internal("invoice " + request.id() + " has lost its parties");
    mustache::mustache page{std::string(kInvoicePageTemplate)};
    google::api::HttpBody body;
    body.set_content_type("text/html; charset=utf-8");
    body.set_data(page.render(PageOf(invoice, parties.front())));
    return body;
  });
}

}  // namespace continuo::billing::app
