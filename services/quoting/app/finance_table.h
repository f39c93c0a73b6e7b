// A finance sheet as CSV (RFC 4180): one row a line, one row a day that something is billed on, or
// one row a delivery.
//
// A text that a spreadsheet would take for a formula, "=1+1", is led by an apostrophe.
#pragma once

#include <string>

namespace continuo::quoting::v1 {
class FinanceSheet;
}

namespace continuo::quoting::app {

std::string LineTable(const v1::FinanceSheet& sheet);
std::string BillingTable(const v1::FinanceSheet& sheet);
std::string DeliveryTable(const v1::FinanceSheet& sheet);

}  // namespace continuo::quoting::app
