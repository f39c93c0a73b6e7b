// Opens a quote, under a deal that exists or is opened with it, with its first lines.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class CreateQuoteRequest;
class Quote;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Quote> CreateQuote(const App& app, const rpc::Call& call,
                              const v1::CreateQuoteRequest& request);

}  // namespace continuo::quoting::app
