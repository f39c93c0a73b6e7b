#include "services/revenue/app/revenue_contracts.h"

#include <array>

#include "continuo/revenue/v1/revenue_contract.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {
namespace {

using postgres::Parameter;
using postgres::Transaction;

constexpr std::array<std::string_view, 1> kAsOf{"as_of"};

}  // namespace

Result<v1::RevenueContract> GetRevenueContract(const App& app, const rpc::Call& call,
                                               const v1::GetRevenueContractRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::RevenueContract> {
    const postgres::Rows found =
        tx.Run(sql::get_revenue_contract, postgres::IdOrNull("rc", request.id()));
    if (found.empty()) return NotFound("revenue_contract", request.id());
    v1::RevenueContract contract;
    postgres::Fill(found.front(), &contract);
    return contract;
  });
}

Result<v1::ListRevenueContractsResponse> ListRevenueContracts(
    const App& app, const rpc::Call& call, const v1::ListRevenueContractsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListRevenueContractsResponse> {
    v1::ListRevenueContractsResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_revenue_contracts}, request, &response));
    return response;
  });
}

Result<v1::ListBalancesResponse> ListBalances(const App& app, const rpc::Call& call,
                                              const v1::ListBalancesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListBalancesResponse> {
    v1::ListBalancesResponse response;
    const std::array<Parameter, 1> as_of{postgres::NullIfEmpty(request.as_of())};
    RETURN_IF_FAULT(postgres::List(
        tx, {.select = sql::select_balances, .parameters = as_of, .treated = kAsOf}, request,
        &response));
    return response;
  });
}

Result<v1::ListRemainingPerformanceObligationsResponse> ListRemainingPerformanceObligations(
    const App& app, const rpc::Call& call,
    const v1::ListRemainingPerformanceObligationsRequest& request) {
  using Response = v1::ListRemainingPerformanceObligationsResponse;
  return app.database.Read(call, [&](Transaction& tx) -> Result<Response> {
    Response response;
    const std::array<Parameter, 1> as_of{
        request.as_of().empty() ? Parameter(tx.Today(calendar::Zone::Utc()))
                                : Parameter(request.as_of())};
    RETURN_IF_FAULT(postgres::List(tx,
                                   {.select = sql::select_remaining_performance_obligations,
                                    .parameters = as_of,
                                    .treated = kAsOf},
                                   request, &response));
    return response;
  });
}

}  // namespace continuo::revenue::app
