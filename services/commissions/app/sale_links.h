// Who sold a contract: found by the order, claimed by a participant, verified by somebody else.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
class Transaction;
}  // namespace continuo::postgres
namespace continuo::quoting::v1 {
class Order;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::type::v1 {
class ControlTotals;
}
namespace continuo::commissions::v1 {
class ClaimSaleLinkRequest;
class GetSaleLinkRequest;
class ListSaleLinksRequest;
class ListSaleLinksResponse;
class SaleLink;
class VerifySaleLinkRequest;
}  // namespace continuo::commissions::v1

namespace continuo::commissions::app {

// Safe to repeat. CONTROL_TOTALS_DIFFER when lines were lost on the way.
Result<void> OpenSaleLink(postgres::Transaction& tx, const quoting::v1::Order& order,
                          const type::v1::ControlTotals& announced);

Result<v1::SaleLink> GetSaleLink(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetSaleLinkRequest& request);
Result<v1::ListSaleLinksResponse> ListSaleLinks(postgres::Database& database, const rpc::Call& call,
                                                const v1::ListSaleLinksRequest& request);
Result<v1::SaleLink> ClaimSaleLink(postgres::Database& database, const rpc::Call& call,
                                   const v1::ClaimSaleLinkRequest& request);
Result<v1::SaleLink> VerifySaleLink(postgres::Database& database, const rpc::Call& call,
                                    const v1::VerifySaleLinkRequest& request);

}  // namespace continuo::commissions::app
