// The facts of a quote, appended in the transaction that makes them true.
#pragma once

#include <string>

#include "services/quoting/domain/content.h"
#include "services/quoting/domain/quote.h"

namespace continuo::postgres {
class Transaction;
}

namespace continuo::quoting::app {

void TellCreated(postgres::Transaction& tx, const domain::Quote& quote, bool opportunity_minted,
                 const std::string& created_by);
void TellPriced(postgres::Transaction& tx, const domain::Quote& quote);
// Of the header; lines speak through quote.priced.
void TellUpdated(postgres::Transaction& tx, const domain::Quote& quote,
                 const domain::Difference& changes);
void TellSelected(postgres::Transaction& tx, const domain::Quote& quote);
void TellSubmitted(postgres::Transaction& tx, const domain::Quote& quote);
void TellApproved(postgres::Transaction& tx, const domain::Quote& quote);
void TellRejected(postgres::Transaction& tx, const domain::Quote& quote, const std::string& reason);
void TellReleased(postgres::Transaction& tx, const domain::Quote& quote);
void TellNegotiated(postgres::Transaction& tx, const domain::Quote& quote,
                    const std::string& reason);
void TellAccepted(postgres::Transaction& tx, const domain::Quote& quote,
                  const ids::OrderId& order_id);
void TellDeclined(postgres::Transaction& tx, const domain::Quote& quote, const std::string& reason);
void TellExpired(postgres::Transaction& tx, const domain::Quote& quote);

}  // namespace continuo::quoting::app
