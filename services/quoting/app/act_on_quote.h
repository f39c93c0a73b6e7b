// The actions on a quote that make nothing but its next state: each a move of the state machine, a
// revision and a fact.
#pragma once

#include <string>

#include "libs/ids/kinds.h"
#include "services/quoting/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::domain {
struct Quote;
}
namespace continuo::quoting::store {
struct StoredQuote;
}
namespace continuo::quoting::v1 {
class ApproveQuoteRequest;
class DeclineQuoteRequest;
class NegotiateQuoteRequest;
class Quote;
class RejectQuoteRequest;
class ReleaseQuoteRequest;
class ReviseQuoteRequest;
class SelectQuoteRequest;
class SubmitQuoteRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Quote> SelectQuote(const App& app, const rpc::Call& call,
                              const v1::SelectQuoteRequest& request);
Result<v1::Quote> ReviseQuote(const App& app, const rpc::Call& call,
                              const v1::ReviseQuoteRequest& request);
Result<v1::Quote> SubmitQuote(const App& app, const rpc::Call& call,
                              const v1::SubmitQuoteRequest& request);
Result<v1::Quote> ApproveQuote(const App& app, const rpc::Call& call,
                               const v1::ApproveQuoteRequest& request);
Result<v1::Quote> RejectQuote(const App& app, const rpc::Call& call,
                              const v1::RejectQuoteRequest& request);
Result<v1::Quote> ReleaseQuote(const App& app, const rpc::Call& call,
                               const v1::ReleaseQuoteRequest& request);
Result<v1::Quote> NegotiateQuote(const App& app, const rpc::Call& call,
                                 const v1::NegotiateQuoteRequest& request);
Result<v1::Quote> DeclineQuote(const App& app, const rpc::Call& call,
                               const v1::DeclineQuoteRequest& request);

// PRODUCT_RELATION_NOT_MET: what products require may be on the quote, or bought before.
Result<void> CheckRelations(postgres::Transaction& tx, const domain::Quote& quote);
Failure DealAlreadyAccepted(const ids::QuoteId& accepted);
// QUOTE_VERSION_CHANGED unless `version` is the current one.
Result<void> CheckVersion(const store::StoredQuote& stored, int version);
// QUOTE_EXPIRED once the last day has passed in the division's zone.
Result<void> CheckStillValid(postgres::Transaction& tx, const store::StoredQuote& stored);
// QUOTE_CONTENT_CHANGED unless the terms are those that the current version was submitted with.
Result<void> CheckContent(postgres::Transaction& tx, const store::StoredQuote& stored);
// The last approval was given, or one was refused. The caller holds the quote's row.
Result<void> MoveToApproved(postgres::Transaction& tx, store::StoredQuote& stored);
Result<void> MoveToRejected(postgres::Transaction& tx, store::StoredQuote& stored,
                            const std::string& reason);
// The deal's value follows this quote; the one before is deselected. The caller has locked the deal
// and saves `stored`.
Result<void> Select(postgres::Transaction& tx, store::StoredQuote& stored);

}  // namespace continuo::quoting::app
