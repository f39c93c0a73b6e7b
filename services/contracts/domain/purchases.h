// What has to be bought for a sold line: one-off purchases, and pending schedules of the buy side.
//
//   50 seats with {name: "Support", unit_cost: 12.50 USD, period: 1 year, back_to_back: false}
//   -> a pending buy-side schedule of 625.00 USD a year over the sold line's term; its purchase
//      order follows when its dates are known
//
// Costs are in the purchase's own currency and are never converted, whatever rate the sale was
// priced at. What is bought once, or back to back, is ordered at acceptance.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/ids/kinds.h"
#include "libs/money/decimal.h"
#include "services/contracts/domain/schedule_lines.h"

namespace continuo::contracts::domain {

// One external element of a sold line.
struct PurchaseElement {
  std::string name;
  ids::SupplierId supplier_id;  // nil: to be chosen
  money::Currency currency;
  money::Decimal unit_cost;
  std::optional<calendar::Cycle> cycle;  // none: bought once
  Timing timing = Timing::kAdvance;
  int lead_days = 0;
  bool back_to_back = false;
};

// The sold line that causes the purchase.
struct SoldLine {
  money::Decimal quantity;
  std::optional<calendar::Cycle> term;  // none: a one-off line without a term
  calendar::Date start;                 // agreed; dates of a schedule are its own
};

struct Purchase {
  money::Money cost;                   // recurring: of one whole period of its own
  money::Money term_cost;              // over the whole term, as expected at the agreed start
  std::optional<ScheduleTerms> terms;  // recurring: the buy side's
  bool ordered_at_acceptance = false;
};

Result<Purchase> PlanPurchase(const PurchaseElement& element, const SoldLine& line);

// Purchases that go to one supplier in one currency are one purchase order; those whose supplier is
// still open are one for each currency.
struct SupplierAndCurrency {
  ids::SupplierId supplier_id;
  money::Currency currency;
  friend auto operator<=>(const SupplierAndCurrency&, const SupplierAndCurrency&) = default;
};

}  // namespace continuo::contracts::domain
