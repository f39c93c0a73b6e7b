// For whom lines are priced: what decides between the catalogue's price books.
#pragma once

#include <set>
#include <string>

#include "libs/ids/kinds.h"
#include "libs/money/money.h"
#include "services/quoting/app/app.h"

namespace continuo::quoting::app {

struct Buyer {
  ids::AccountId account_id;
  std::string segment;  // the account's
  ids::DivisionId division_id;
  money::Currency currency;
  std::set<ids::ProductId> owned = {};  // what the account has bought before, under any order
};

// As crm has it now. A line is priced for the segment of the day on which it is added.
Result<std::string> AskSegment(const App& app, const rpc::Call& call,
                               const ids::AccountId& account_id);

Result<std::set<ids::ProductId>> FindOwned(const App& app, const rpc::Call& call,
                                           const ids::AccountId& account_id);

}  // namespace continuo::quoting::app
