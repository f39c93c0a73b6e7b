// The customer accepts: the released version becomes an order, once and for ever.
//
// Never after the last day, never another version, never other terms than those that were approved.
// In one transaction: the order with its lines frozen, the id of the contract to come, who
// accepted, what was asked for and not bought, the facts for everybody else; the gapless number
// comes last.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class AcceptQuoteRequest;
class Order;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Order> AcceptQuote(const App& app, const rpc::Call& call,
                              const v1::AcceptQuoteRequest& request);

}  // namespace continuo::quoting::app
