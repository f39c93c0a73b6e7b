// Credits: of accounts that the caller sees, and the caller's own.
#pragma once

#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::commissions::v1 {
class Credit;
class GetCreditRequest;
class ListCreditsRequest;
class ListCreditsResponse;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::Credit> GetCredit(const App& app, const rpc::Call& call,
                             const v1::GetCreditRequest& request);
Result<v1::ListCreditsResponse> ListCredits(const App& app, const rpc::Call& call,
                                            const v1::ListCreditsRequest& request);

}  // namespace continuo::commissions::app
