// PATCH of a quote's header.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class Quote;
class UpdateQuoteRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Quote> UpdateQuote(const App& app, const rpc::Call& call,
                              const v1::UpdateQuoteRequest& request);

}  // namespace continuo::quoting::app
