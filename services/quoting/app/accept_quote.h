// The customer accepts: the released version becomes an order, once and for ever.
//
// Never after the last day, never another version, never other terms than those that were approved. Of
// what was offered as options the order holds exactly what is chosen.
// In one transaction: the order with its lines frozen, the id of the contract to come, who
// accepted, what was asked for and not bought, the facts for everybody else; the gapless number
// comes last.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libs/ids/kinds.h"
#include "services/quoting/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class AcceptQuoteRequest;
class Order;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

// An acceptance, and what is kept as evidence of it.
struct Acceptance {
  ids::QuoteId quote_id;
  ids::OpportunityId opportunity_id;
  int version = 0;
  std::string form = "in_person";
  std::string accepted_by, place, client_address, user_agent;
  // The document that was accepted, by either; none: by the quote itself.
  std::optional<ids::ProposalId> proposal_id;
  std::string document_hash;
  // What is chosen of the options, all of it; none: what was chosen before.
  std::optional<std::vector<std::string>> options;
  // Further conditions, once the quote is locked.
  std::function<Result<void>(postgres::Transaction&)> check;
};
Result<v1::Order> AcceptVersion(const App& app, const rpc::Call& call, const Acceptance& acceptance);

Result<v1::Order> AcceptQuote(const App& app, const rpc::Call& call,
                              const v1::AcceptQuoteRequest& request);

}  // namespace continuo::quoting::app
