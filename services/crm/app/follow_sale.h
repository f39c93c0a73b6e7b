// What quoting's facts do to a deal.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class OrderAccepted;
class QuoteCreated;
class QuotePriced;
class QuoteSelected;
class ResidualDemandPursued;
}  // namespace continuo::quoting::v1

namespace continuo::crm::app {

// Whether the opportunity that a fact speaks of is known here. Safe to repeat, every one: a fact
// that has been followed changes nothing.
enum class Followed { kYes, kOpportunityUnknown };

// Opens the opportunity under the id that quoting minted.
Result<Followed> OpenForQuote(postgres::Transaction& tx, const quoting::v1::QuoteCreated& quote);
Result<Followed> FollowPrice(postgres::Transaction& tx, const quoting::v1::QuotePriced& quote);
Result<Followed> FollowSelection(postgres::Transaction& tx,
                                 const quoting::v1::QuoteSelected& quote);
// The order decides the deal; its total is what the deal is worth.
Result<Followed> WinByOrder(postgres::Transaction& tx, const quoting::v1::OrderAccepted& order);
// Opens an upsell under the id that quoting minted, for whoever pursues it.
Result<Followed> OpenForDemand(postgres::Transaction& tx,
                               const quoting::v1::ResidualDemandPursued& demand);

}  // namespace continuo::crm::app
