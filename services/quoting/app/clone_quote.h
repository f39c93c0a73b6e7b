// Another draft made from a quote: the same terms and lines, for the same customer or another one.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class CloneQuoteRequest;
class Quote;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Quote> CloneQuote(const App& app, const rpc::Call& call,
                             const v1::CloneQuoteRequest& request);

}  // namespace continuo::quoting::app
