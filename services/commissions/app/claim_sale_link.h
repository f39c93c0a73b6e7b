// Whose a sale is said to be: claimed by a participant, contested by somebody else. Both on sale
// links that the caller need not see but only recognise.
#pragma once

#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::commissions::v1 {
class ClaimSaleLinkRequest;
class ContestSaleLinkRequest;
class SaleLink;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::SaleLink> ClaimSaleLink(const App& app, const rpc::Call& call,
                                   const v1::ClaimSaleLinkRequest& request);
Result<v1::SaleLink> ContestSaleLink(const App& app, const rpc::Call& call,
                                     const v1::ContestSaleLinkRequest& request);

}  // namespace continuo::commissions::app
