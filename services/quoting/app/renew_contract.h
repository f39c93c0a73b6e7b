// The renewal of one contract as a quote: each line that runs to its end is extended by its product's
// term, at the price that was agreed, raised by what was agreed about raises.
//
//   30 seats at 20.00 until February, indexed by 3 % a year     30 at 20.60 for another term
//
// It is a change quote that extends lines (contract_change.h), of the kind "renewal".
#pragma once

#include <optional>
#include <string>

#include "libs/calendar/date.h"
#include "libs/money/decimal.h"
#include "services/quoting/app/app.h"
#include "services/quoting/app/open_quote.h"

namespace continuo::quoting::app {

struct RenewalWanted {
  std::string contract_id;
  std::optional<calendar::Period> ending_in;     // lines that end in it; none: all that run
  std::optional<money::Decimal> uplift_percent;  // none: by each product's indexation
};

// Fills in what a renewal starts from: parties and lines. RENEWAL_NOT_POSSIBLE where nothing is left
// to renew, or a price follows an index that nobody knows here.
Result<void> FillRenewal(const App& app, const rpc::Call& call, const RenewalWanted& wanted,
                         v1::Quote* quote);

// RENEWAL_NOT_POSSIBLE while another renewal of the contract is being quoted.
Result<void> CheckNotQuoted(postgres::Transaction& tx, const std::string& contract_id);

}  // namespace continuo::quoting::app
