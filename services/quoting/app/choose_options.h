// Which options of a quote are taken, by the seller or, at acceptance, by the customer.
#pragma once

#include <span>
#include <string>

#include "services/quoting/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::store {
struct StoredQuote;
}
namespace continuo::quoting::v1 {
class ChooseQuoteOptionsRequest;
class Quote;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Quote> ChooseQuoteOptions(const App& app, const rpc::Call& call,
                                     const v1::ChooseQuoteOptionsRequest& request);

// Exactly these, on a quote that the caller holds: a revision where that is another choice.
Result<void> ChooseLocked(postgres::Transaction& tx, store::StoredQuote& stored,
                          std::span<const std::string> options, const std::string& reason);

}  // namespace continuo::quoting::app
