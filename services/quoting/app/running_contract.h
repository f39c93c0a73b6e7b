// What contracts knows of the contract that a quote changes, asked before the quote's transaction.
//
//   ASSIGN_OR_RETURN(const Running running, AskRunning(app, call, contract_id, lines));
//   ... in the transaction: CheckUnchanged(tx, quote, running)
//
// A contract that took in an order more or less than quoting has made is on its way to another
// state: what it says is not used.
#pragma once

#include <string>
#include <vector>

#include "services/quoting/app/lines_from_request.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::quoting::app {

struct Running {
  domain::ChangedContract contract;
  std::string account_id, division_id, currency;
  int payment_days = 0;
  int order_count = 0;
  KnownLines lines;  // of those lines that name one
};

// REFERENCE_NOT_FOUND for a contract, or a line of it, that there is not; CONTRACT_CHANGED while a
// change order is being taken in.
Result<Running> AskRunning(const App& app, const rpc::Call& call, const std::string& contract_id,
                           const std::vector<NewLine>& lines);

// CONTRACT_CHANGED when the contract has another revision than the one that the quote starts from.
Result<void> CheckUnchanged(const domain::Quote& quote, const Running& running);

// What an acceptance needs: the contract as it is now, and the days from which its lines are open.
struct RunningNow {
  Running running;
  std::map<ids::OrderLineId, calendar::Date> open_from;
};
// None: the quote changes no contract.
Result<std::optional<RunningNow>> AskRunningNow(const App& app, const rpc::Call& call,
                                                const ids::QuoteId& quote_id);
// The contract is locked until the end of the transaction. CONTRACT_CHANGED, CHANGE_DAY_RELEASED.
Result<void> CheckAcceptedOn(postgres::Transaction& tx, const domain::Quote& quote,
                             const std::optional<RunningNow>& now);

}  // namespace continuo::quoting::app
