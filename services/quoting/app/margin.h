// What a quote leaves after what has to be bought for it.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class GetQuoteMarginRequest;
class QuoteMargin;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::QuoteMargin> GetQuoteMargin(const App& app, const rpc::Call& call,
                                       const v1::GetQuoteMarginRequest& request);

}  // namespace continuo::quoting::app
