#include "services/quoting/app/finance_table.h"

#include <string_view>
#include <vector>

#include "continuo/quoting/v1/finance_sheet.pb.h"

namespace continuo::quoting::app {
namespace {

std::string Quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

// What somebody typed, not what was calculated.
std::string Typed(const std::string& text) {
  const bool is_formula = !text.empty() && std::string_view("=+-@\t\r").find(text[0]) !=
                                               std::string_view::npos;
  return Quoted(is_formula ? "'" + text : text);
}

std::string Row(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) row += (row.empty() ? "" : ",") + cell;
  return row + "\r\n";
}

std::string PeriodText(bool is_set, const catalogue::v1::Period& period) {
  if (!is_set) return "";
  const std::string name = catalogue::v1::PeriodUnit_Name(period.unit());  // PERIOD_UNIT_MONTH
  std::string unit = name.substr(std::string_view("PERIOD_UNIT_").size());
  for (char& c : unit) c = static_cast<char>(c | 0x20);
  return std::to_string(period.count() == 0 ? 1 : period.count()) + " " + unit;
}

}  // namespace

std::string LineTable(const v1::FinanceSheet& sheet) {
  std::string table = Row({"order", "position", "product_code", "product_name", "product_version",
                           "bundle_code", "group", "kind", "quantity", "unit", "service_level",
                           "currency", "list_unit_price", "discount_percent", "net_unit_price",
                           "net_amount", "billing_period", "timing", "periods", "term_total",
                           "ssp_total", "start_on", "end_on", "notice_days", "payment_days",
                           "tax_code"});
  for (const v1::FinanceLine& line : sheet.lines()) {
    const bool recurring = line.kind() == catalogue::v1::PRODUCT_KIND_RECURRING;
    const bool in_arrears = line.billing().timing() == catalogue::v1::BILLING_TIMING_ARREARS;
    table += Row({sheet.order_number(), std::to_string(line.position()), Typed(line.product_code()),
                  Typed(line.product_name()), std::to_string(line.product_version()),
                  Typed(line.bundle_code()), Typed(line.group()),
                  recurring ? "recurring" : "one_off", line.quantity(), Typed(line.unit()),
                  Typed(line.service_level()), sheet.currency(), line.list_unit_price(),
                  line.discount_percent(), line.net_unit_price(), line.net_amount().amount(),
                  PeriodText(line.billing().has_period(), line.billing().period()),
                  !recurring   ? ""
                  : in_arrears ? "arrears"
                               : "advance",
                  std::to_string(line.periods()), line.term_total().amount(),
                  line.ssp_total().amount(), line.start_on(), line.end_on(),
                  recurring ? std::to_string(line.term().notice_days()) : "",
                  std::to_string(sheet.payment_days()), Typed(line.tax_code())});
  }
  return table;
}

std::string BillingTable(const v1::FinanceSheet& sheet) {
  std::string table = Row({"order", "bill_on", "due_on", "amount", "currency", "lines"});
  for (const v1::PlannedBilling& planned : sheet.billing()) {
    table += Row({sheet.order_number(), planned.bill_on(), planned.due_on(),
                  planned.amount().amount(), sheet.currency(), std::to_string(planned.lines())});
  }
  return table;
}

std::string DeliveryTable(const v1::FinanceSheet& sheet) {
  std::string table =
      Row({"order", "on", "position", "product_code", "product_name", "quantity", "unit"});
  for (const v1::PlannedDelivery& planned : sheet.delivery_schedule()) {
    table += Row({sheet.order_number(), planned.on(), std::to_string(planned.position()),
                  Typed(planned.product_code()), Typed(planned.product_name()), planned.quantity(),
                  Typed(planned.unit())});
  }
  return table;
}

}  // namespace continuo::quoting::app
