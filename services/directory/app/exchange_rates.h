// Exchange rates: only added, each with the day it is of and the instant it became known.
#pragma once

#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class CreateExchangeRateRequest;
class ExchangeRate;
class GetExchangeRateOnRequest;
class GetExchangeRateRequest;
class ListExchangeRatesRequest;
class ListExchangeRatesResponse;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

Result<v1::ExchangeRate> CreateExchangeRate(const App& app, const rpc::Call& call,
                                            const v1::CreateExchangeRateRequest& request);
Result<v1::ExchangeRate> GetExchangeRate(const App& app, const rpc::Call& call,
                                         const v1::GetExchangeRateRequest& request);
Result<v1::ListExchangeRatesResponse> ListExchangeRates(
    const App& app, const rpc::Call& call, const v1::ListExchangeRatesRequest& request);
// EXCHANGE_RATE_UNKNOWN when the pair has none up to that day. Never the inverse of the other pair:
// 1 / rate is another number than the market's.
Result<v1::ExchangeRate> GetExchangeRateOn(const App& app, const rpc::Call& call,
                                           const v1::GetExchangeRateOnRequest& request);

}  // namespace continuo::directory::app
