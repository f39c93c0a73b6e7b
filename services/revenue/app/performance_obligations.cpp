#include "services/revenue/app/performance_obligations.h"

#include "continuo/revenue/v1/performance_obligation.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/revenue/store/sql.h"

namespace continuo::revenue::app {

using postgres::IdOrNull;
using postgres::Transaction;

namespace {

// Each month is summed from lines of the journal: without one of these, from all there are, for
// each page.
Result<void> CheckNarrowed(const v1::ListRevenueWaterfallRequest& request) {
  if (!request.account_id().empty() || !request.contract_id().empty() ||
      !request.revenue_contract_id().empty() || !request.performance_obligation_id().empty()) {
    return {};
  }
  return Invalid("account_id", "REQUIRED",
                 "Name an account_id, contract_id, revenue_contract_id or "
                 "performance_obligation_id.");
}

}  // namespace

Result<v1::PerformanceObligation> GetPerformanceObligation(
    const App& app, const rpc::Call& call, const v1::GetPerformanceObligationRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::PerformanceObligation> {
    const auto id = IdOrNull("pob", request.id());
    const postgres::Rows found = tx.Run(sql::get_performance_obligation, id);
    if (found.empty()) return NotFound("performance_obligation", request.id());
    v1::PerformanceObligation obligation;
    postgres::Fill(found.front(), &obligation);
    postgres::FillAll(tx.Run(sql::list_obligation_changes, id), obligation.mutable_changes());
    return obligation;
  });
}

Result<v1::ListPerformanceObligationsResponse> ListPerformanceObligations(
    const App& app, const rpc::Call& call, const v1::ListPerformanceObligationsRequest& request) {
  using Response = v1::ListPerformanceObligationsResponse;
  return app.database.Read(call, [&](Transaction& tx) -> Result<Response> {
    Response response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_performance_obligations}, request, &response));
    return response;
  });
}

Result<v1::ListRevenueWaterfallResponse> ListRevenueWaterfall(
    const App& app, const rpc::Call& call, const v1::ListRevenueWaterfallRequest& request) {
  RETURN_IF_FAULT(CheckNarrowed(request));
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListRevenueWaterfallResponse> {
    v1::ListRevenueWaterfallResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_revenue_waterfall}, request, &response));
    return response;
  });
}

}  // namespace continuo::revenue::app
