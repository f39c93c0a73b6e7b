// Reading contracts, their amendments and what they entitle to.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::contracts::v1 {
class Contract;
class GetContractRequest;
class ListAmendmentsRequest;
class ListAmendmentsResponse;
class ListContractsRequest;
class ListContractsResponse;
class ListEntitlementsRequest;
class ListEntitlementsResponse;
}  // namespace continuo::contracts::v1

namespace continuo::contracts::app {

Result<v1::Contract> GetContract(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetContractRequest& request);
Result<v1::ListContractsResponse> ListContracts(postgres::Database& database, const rpc::Call& call,
                                                const v1::ListContractsRequest& request);
Result<v1::ListAmendmentsResponse> ListAmendments(postgres::Database& database,
                                                  const rpc::Call& call,
                                                  const v1::ListAmendmentsRequest& request);
Result<v1::ListEntitlementsResponse> ListEntitlements(postgres::Database& database,
                                                      const rpc::Call& call,
                                                      const v1::ListEntitlementsRequest& request);

}  // namespace continuo::contracts::app
