// What acceptance will make of a quote.
//
// quoting makes the order as a value; contracts, billing, revenue and commissions say in turn what
// they would make of it, by the code that will make it. Each is asked with a deadline, and outside
// of any transaction; one that is down makes the answer UNAVAILABLE.
#pragma once

#include "libs/result/result.h"
#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class GetQuotePreviewRequest;
class QuotePreview;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

// QUOTE_ALREADY_ACCEPTED: then there is nothing to foresee.
Result<v1::QuotePreview> GetQuotePreview(const App& app, const rpc::Call& call,
                                         const v1::GetQuotePreviewRequest& request);

}  // namespace continuo::quoting::app
