// The lines of a quote: add, change, remove, and many of these as one revision.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class AddQuoteLineRequest;
class ChangeQuoteLinesRequest;
class Quote;
class RemoveQuoteLineRequest;
class UpdateQuoteLineRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Quote> AddQuoteLine(const App& app, const rpc::Call& call,
                               const v1::AddQuoteLineRequest& request);
Result<v1::Quote> UpdateQuoteLine(const App& app, const rpc::Call& call,
                                  const v1::UpdateQuoteLineRequest& request);
Result<v1::Quote> RemoveQuoteLine(const App& app, const rpc::Call& call,
                                  const v1::RemoveQuoteLineRequest& request);
Result<v1::Quote> ChangeQuoteLines(const App& app, const rpc::Call& call,
                                   const v1::ChangeQuoteLinesRequest& request);

}  // namespace continuo::quoting::app
