// Exchange rates from the currencies that a quote's purchases are paid in to the quote's own.
//
// They are asked of directory, before any transaction: the pair as it is, or else the other way
// round. A rate that nobody knows is simply not among them; what needs it then has no figure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/money/decimal.h"
#include "services/quoting/app/app.h"
#include "services/quoting/domain/margin.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::domain {
struct Quote;
}

namespace continuo::quoting::app {

struct CostRate {
  std::string base;  // as directory has it
  std::string quote;
  money::Decimal rate;
  calendar::Date on;
  std::string source;
};
using CostRates = std::map<std::string, CostRate>;  // by the cost's currency

// Today's, in the zone of the quote; none for a quote that there is not.
Result<CostRates> AskCostRates(const App& app, const rpc::Call& call, const std::string& quote_id);
Result<CostRates> AskRates(const App& app, const rpc::Call& call,
                           const std::vector<std::string>& from, const std::string& to,
                           calendar::Date on);
// Keeps them for the version that is handed in; the caller holds the quote's row.
void FreezeRates(postgres::Transaction& tx, const domain::Quote& quote, const CostRates& rates);
// As exact factors; a pair that is the other way round is inverted.
domain::Rates FactorsOf(const CostRates& rates);

}  // namespace continuo::quoting::app
