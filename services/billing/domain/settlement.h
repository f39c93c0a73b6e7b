// Which invoices a payment pays.
//
//   open: A 100.00 due 1 March, B 50.00 due 1 April
//   AllocateOldestFirst(120.00, open)  == {A 100.00, B 20.00}
//   AllocateAsAsked(120.00, open, {{B, 50.00}})  == {B 50.00}     // 70.00 stays unapplied
//
// Never more than an invoice needs or the payment has. It does not convert currencies: the invoices
// are in the payment's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::billing::domain {

struct OpenInvoice {
  std::string id;
  calendar::Date due_on;
  std::string number;
  money::Money balance;  // positive
};

struct Share {
  std::string invoice_id;
  money::Money amount;

  friend bool operator==(const Share&, const Share&) = default;
};

struct AllocationRequest {
  std::string invoice_id;
  std::optional<money::Money> amount;  // none: what the payment has left and the invoice needs
};

// Earliest due first; of one day, in the order of the numbers.
std::vector<Share> AllocateOldestFirst(money::Money available, std::vector<OpenInvoice> open);

// ALLOCATION_EXCEEDS_INVOICE, ALLOCATION_EXCEEDS_PAYMENT; an invoice named twice or not open, no
// positive amount, another currency: a bad request.
Result<std::vector<Share>> AllocateAsAsked(money::Money available,
                                           std::span<const OpenInvoice> open,
                                           std::span<const AllocationRequest> requests);

}  // namespace continuo::billing::domain
