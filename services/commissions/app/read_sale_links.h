// Sale links as the caller may see them: in full, masked, or not at all.
#pragma once

#include <string>

#include "libs/result/result.h"
#include "services/commissions/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::commissions::v1 {
class GetSaleLinkRequest;
class ListSaleLinkStepsRequest;
class ListSaleLinkStepsResponse;
class ListSaleLinksRequest;
class ListSaleLinksResponse;
class SaleLink;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

Result<v1::SaleLink> LoadSaleLink(postgres::Transaction& tx, const std::string& id);

Result<v1::SaleLink> GetSaleLink(const App& app, const rpc::Call& call,
                                 const v1::GetSaleLinkRequest& request);
Result<v1::ListSaleLinksResponse> ListSaleLinks(const App& app, const rpc::Call& call,
                                                const v1::ListSaleLinksRequest& request);
Result<v1::ListSaleLinkStepsResponse> ListSaleLinkSteps(
    const App& app, const rpc::Call& call, const v1::ListSaleLinkStepsRequest& request);

}  // namespace continuo::commissions::app
