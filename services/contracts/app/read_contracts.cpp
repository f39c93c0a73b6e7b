#include "services/contracts/app/read_contracts.h"

#include "continuo/contracts/v1/contract.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/contracts/store/sql.h"

namespace continuo::contracts::app {

using postgres::IdOrNull;
using postgres::Parameter;

Result<v1::Contract> GetContract(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetContractRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::Contract> {
    const Parameter id = IdOrNull("ctr", request.id());
    const auto found = tx.Run(sql::select_contract, id);
    if (found.empty()) return NotFound("contract", request.id());
    v1::Contract contract;
    postgres::Fill(found.front(), &contract);
    postgres::FillAll(tx.Run(sql::select_contract_lines, id), contract.mutable_lines());
    postgres::FillAll(tx.Run(sql::select_amendment, id), contract.mutable_amendments());
    return contract;
  });
}

Result<v1::ListContractsResponse> ListContracts(postgres::Database& database,
                                                const rpc::Call& call,
                                                const v1::ListContractsRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::ListContractsResponse> {
    v1::ListContractsResponse response;
    const Parameter all[] = {nullptr};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_contract, .parameters = all},
                                   request, &response));
    return response;
  });
}

Result<v1::ListAmendmentsResponse> ListAmendments(postgres::Database& database,
                                                  const rpc::Call& call,
                                                  const v1::ListAmendmentsRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::ListAmendmentsResponse> {
    const Parameter id[] = {IdOrNull("ctr", request.contract_id())};
    if (tx.Run(sql::select_contract, id[0]).empty()) {
      return NotFound("contract", request.contract_id());
    }
    v1::ListAmendmentsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_amendment, .parameters = id},
                                   request, &response));
    return response;
  });
}

Result<v1::ListEntitlementsResponse> ListEntitlements(postgres::Database& database,
                                                      const rpc::Call& call,
                                                      const v1::ListEntitlementsRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) -> Result<v1::ListEntitlementsResponse> {
    v1::ListEntitlementsRequest on_a_day = request;
    if (on_a_day.on().empty()) on_a_day.set_on(tx.Today(calendar::Zone::Utc()).ToString());
    const Parameter on[] = {on_a_day.on()};
    v1::ListEntitlementsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_entitlement, .parameters = on},
                                   on_a_day, &response));
    return response;
  });
}

}  // namespace continuo::contracts::app
