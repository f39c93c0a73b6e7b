// What accounts owe, by currency.
#pragma once

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::billing::v1 {
class ListAccountBalancesRequest;
class ListAccountBalancesResponse;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::ListAccountBalancesResponse> ListAccountBalances(
    const App& app, const rpc::Call& call, const v1::ListAccountBalancesRequest& request);

}  // namespace continuo::billing::app
