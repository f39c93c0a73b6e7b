// The invoices that items will come to when a run bills each day what may be billed on it.
//
//   {2026-01-15, 3600.00}, {2026-02-01, 1000.00}, {2026-02-01, 500.00}, known on 2026-01-15
//     -> 2026-01-15: 3600.00      2026-02-01: 1500.00 and its tax, rounded once
//
// draft_invoices.sql drafts thousands at once by the same rules; tests/scenarios/preview holds the
// two against each other. It knows one account, division and currency.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "services/billing/domain/tax.h"

namespace continuo::billing::domain {

struct ItemToBill {
  calendar::Date bill_on;
  money::Money amount;
  std::string tax_code;
  int payment_days = 0;
};

struct BillingParties {
  std::string country;           // the seller's
  std::string customer_country;  // empty: the account does not say
};

struct PlannedInvoice {
  calendar::Date issue_on;
  calendar::Date due_on;  // the longest payment term of its items
  std::vector<size_t> items;             // indexes, in the order of their bill dates
  std::vector<money::Decimal> tax_rates;  // of each of them
  std::vector<RateTax> taxes;
  money::Money net, tax;
  // Why a run would set its items aside; then there are no taxes.
  std::string set_aside_code, set_aside_detail;
};

// `known_on`: the day before which none of the items exists.
Result<std::vector<PlannedInvoice>> PlanInvoices(std::span<const ItemToBill> items,
                                                 const BillingParties& parties,
                                                 std::span<const TaxRate> rates,
                                                 calendar::Date known_on);

}  // namespace continuo::billing::domain
