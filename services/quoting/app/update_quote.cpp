#include "services/quoting/app/update_quote.h"

#include <algorithm>

#include "continuo/quoting/v1/quote.pb.h"
#include "libs/json/patch.h"
#include "libs/postgres/transaction.h"
#include "services/quoting/app/edit_quote.h"
#include "services/quoting/app/header_from_request.h"
#include "services/quoting/app/show.h"

namespace continuo::quoting::app {

Result<v1::Quote> UpdateQuote(const App& app, const rpc::Call& call,
                              const v1::UpdateQuoteRequest& request) {
  const auto change = [&](postgres::Transaction& tx, store::StoredQuote& stored) -> Result<void> {
    ASSIGN_OR_RETURN(v1::Quote quote, ShowQuote(tx, stored.quote.id));
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.quote(), &quote));
    const auto& mask = request.update_mask();
    if (std::find(mask.begin(), mask.end(), "metadata") != mask.end()) {
      stored.metadata_json = MetadataJson(quote);
    }
    return ReadHeader(quote, tx.Today(store::ZoneOf(stored.quote.time_zone)), &stored.quote);
  };
  return EditQuote(app, call, request.id(),
                   {.action = "update",
                    .reason = request.reason(),
                    .tells_header = true,
                    .change = change});
}

}  // namespace continuo::quoting::app
