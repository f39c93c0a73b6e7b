// Opening a quote: what other services know is asked first, then one transaction makes it.
//
//   ASSIGN_OR_RETURN(Opening opening, PrepareQuote(app, call, request.quote()));
//   ... add to opening.quote.lines what does not come from the request ...
//   ... in the transaction: OpenQuote(tx, opening, request.quote())
#pragma once

#include <string>
#include <vector>

#include "services/quoting/app/lines_from_request.h"
#include "services/quoting/domain/quote.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class Quote;
}

namespace continuo::quoting::app {

// What the transaction needs and other services know.
struct Opening {
  domain::Quote quote;
  bool opportunity_minted = false;
  Buyer buyer;
  std::vector<NewLine> lines;
  Offers offers;
  KnownLines known;  // of the contract that it changes
  calendar::Date today;  // where the division is
  int account_payment_days = 0;
  int payment_days = 0;  // where the request names none: the account's, or the contract's
  // Of the first revision.
  std::string action = "create";
  std::string reason;
  std::string created_by;  // whom it is made for; empty: the caller
};

// REFERENCE_NOT_FOUND for an account, division, deal or product that there is not.
Result<Opening> PrepareQuote(const App& app, const rpc::Call& call, const v1::Quote& from);
// The quote priced and stored, with its first revision, and told.
Result<v1::Quote> OpenQuote(postgres::Transaction& tx, const Opening& opening,
                            const v1::Quote& from);

}  // namespace continuo::quoting::app
