// What can be read of quotes: themselves, their lines, how prices came to be, and their history.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::quoting::v1 {
class GetQuoteLineDerivationRequest;
class GetQuoteRequest;
class GetTrajectoryRequest;
class ListQuoteLinesRequest;
class ListQuoteLinesResponse;
class ListQuoteRevisionsRequest;
class ListQuoteRevisionsResponse;
class ListQuotesRequest;
class ListQuotesResponse;
class ListQuoteVersionsRequest;
class ListQuoteVersionsResponse;
class Quote;
class QuoteLineDerivation;
class Trajectory;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Quote> GetQuote(const App& app, const rpc::Call& call,
                           const v1::GetQuoteRequest& request);
Result<v1::ListQuotesResponse> ListQuotes(const App& app, const rpc::Call& call,
                                          const v1::ListQuotesRequest& request);
Result<v1::ListQuoteLinesResponse> ListQuoteLines(const App& app, const rpc::Call& call,
                                                  const v1::ListQuoteLinesRequest& request);
Result<v1::QuoteLineDerivation> GetQuoteLineDerivation(
    const App& app, const rpc::Call& call, const v1::GetQuoteLineDerivationRequest& request);
Result<v1::ListQuoteVersionsResponse> ListQuoteVersions(
    const App& app, const rpc::Call& call, const v1::ListQuoteVersionsRequest& request);
Result<v1::ListQuoteRevisionsResponse> ListQuoteRevisions(
    const App& app, const rpc::Call& call, const v1::ListQuoteRevisionsRequest& request);
Result<v1::Trajectory> GetTrajectory(const App& app, const rpc::Call& call,
                                     const v1::GetTrajectoryRequest& request);

}  // namespace continuo::quoting::app
