// One edit of a quote, as one revision: lock, check If-Match, change, price the whole quote again,
// save, record, tell.
//
// A material edit of a version that was handed in begins the next one, in draft: an approval is
// void from then on. An edit that binds nobody (a heading, metadata) keeps status and version. One
// that changes nothing leaves no trace.
#pragma once

#include <functional>
#include <string>

#include "services/quoting/app/app.h"
#include "services/quoting/app/buyer.h"
#include "services/quoting/store/quote_store.h"

namespace continuo::quoting::v1 {
class Quote;
}

namespace continuo::quoting::app {

struct Edit {
  std::string action;  // of the revision: "update", "change_lines"
  std::string reason;
  bool tells_header = false;  // a PATCH of the quote itself: quote.updated
  std::function<Result<void>(postgres::Transaction&, store::StoredQuote&)> change;
};

Result<v1::Quote> EditQuote(const App& app, const rpc::Call& call, const std::string& quote_id,
                            const Edit& edit);

// What an edit looks up before its transaction.
struct EditContext {
  ids::OpportunityId opportunity_id;
  Buyer buyer;  // without its segment and what it owns
  calendar::Date today;  // in the division's zone
  std::string contract_id;  // that it changes; empty: none
};
Result<EditContext> FindContext(const App& app, const rpc::Call& call, const std::string& quote_id);

// Saves a priced quote whose revision, version and status are set, with its content hash and its
// demand. The revision holds the difference to `before`, unless it names one itself.
void Complete(postgres::Transaction& tx, store::StoredQuote& stored, const domain::Content& before,
              store::Revision revision);

}  // namespace continuo::quoting::app
