// Whose a sale is: a claim verified, a dispute resolved. Both credit what has been earned by then.
#pragma once

#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::commissions::v1 {
class ResolveSaleLinkRequest;
class SaleLink;
class VerifySaleLinkRequest;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::SaleLink> VerifySaleLink(const App& app, const rpc::Call& call,
                                    const v1::VerifySaleLinkRequest& request);
Result<v1::SaleLink> ResolveSaleLink(const App& app, const rpc::Call& call,
                                     const v1::ResolveSaleLinkRequest& request);

}  // namespace continuo::commissions::app
