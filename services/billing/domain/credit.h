// What a credit note takes from an invoice.
//
//   invoice: 3 lines of 33.33 at 19 %, tax 19.00 on 99.99
//   Credit(invoice, {})                          -> every line, 99.99 net, 19.00 tax
//   Credit(invoice, {{line 1}}), then the rest   -> tax 6.33, then 12.67: together 19.00
//
// Never more than is left of a line. Tax reuses the invoice's determination and is cumulative per
// rate: the tax on all that is credited so far, less what was credited before; the note that
// empties a rate takes exactly the tax that is left. So any sequence of notes that credits
// everything sums to the invoice, to the cent.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/money/money.h"
#include "libs/result/result.h"
#include "services/billing/domain/tax.h"

namespace continuo::billing::domain {

struct CreditableLine {
  std::string id;
  std::string tax_code;
  money::Decimal rate;
  money::Money net;
  money::Money credited;  // by earlier notes
};

struct CreditableTax {
  RateTax invoiced;
  money::Money credited;  // tax, by earlier notes
};

struct CreditableInvoice {
  std::string id;
  std::vector<CreditableLine> lines;
  std::vector<CreditableTax> taxes;
};

struct CreditRequest {
  std::string line_id;
  std::optional<money::Money> net;  // none: all that is left of the line
};

struct CreditedLine {
  size_t line;  // index into CreditableInvoice::lines
  money::Money net;
};

struct Credit {
  std::vector<CreditedLine> lines;
  std::vector<RateTax> taxes;  // base: what this note credits of the rate
  money::Money net;
  money::Money tax;
};

// What becomes of a request for more than is left of a line.
enum class Excess {
  kRefuse,  // CREDIT_EXCEEDS_LINE
  kCap,     // what is left is credited
};

// No requests: all that is left of the invoice. NOTHING_LEFT_TO_CREDIT, CREDIT_EXCEEDS_LINE; a
// request that names a line twice, a foreign line, nothing, or another currency is a bad request.
Result<Credit> CreditInvoice(const CreditableInvoice& invoice,
                             std::span<const CreditRequest> requests,
                             Excess excess = Excess::kRefuse);

}  // namespace continuo::billing::domain
