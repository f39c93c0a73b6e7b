#include "services/revenue/rpc/revenue_rpc.h"

#include "continuo/revenue/v1/revenue_service.pb.h"
#include "libs/rpc/methods.h"
#include "services/revenue/app/accounting_periods.h"
#include "services/revenue/app/journal_entries.h"
#include "services/revenue/app/performance_obligations.h"
#include "services/revenue/app/preview_revenue.h"
#include "services/revenue/app/revenue_contracts.h"
#include "services/revenue/service.h"

namespace continuo::revenue {
namespace {

using rpc::Call;
using rpc::Methods;

constexpr const char* kService = "continuo.revenue.v1.RevenueService/";

// One RPC: the use case of the same name.
template <class Request, class Answer>
void On(Methods& methods, const app::App& app, const char* name,
        Result<Answer> (*use_case)(const app::App&, const Call&, const Request&)) {
  methods.On<Request, Answer>(
      std::string(kService) + name,
      [app, use_case](const Call& call, const Request& request) {
        return use_case(app, call, request);
      });
}

}  // namespace

void Offer(Methods& methods, const app::App& app) {
  On(methods, app, "GetRevenueContract", &app::GetRevenueContract);
  On(methods, app, "ListRevenueContracts", &app::ListRevenueContracts);
  On(methods, app, "GetPerformanceObligation", &app::GetPerformanceObligation);
  On(methods, app, "ListPerformanceObligations", &app::ListPerformanceObligations);
  On(methods, app, "GetJournalEntry", &app::GetJournalEntry);
  On(methods, app, "ListJournalEntries", &app::ListJournalEntries);
  On(methods, app, "GetAccountingPeriod", &app::GetAccountingPeriod);
  On(methods, app, "ListAccountingPeriods", &app::ListAccountingPeriods);
  On(methods, app, "CloseAccountingPeriod", &app::CloseAccountingPeriod);
  On(methods, app, "ListBalances", &app::ListBalances);
  On(methods, app, "ListRemainingPerformanceObligations",
     &app::ListRemainingPerformanceObligations);
  On(methods, app, "ListRevenueWaterfall", &app::ListRevenueWaterfall);
  On(methods, app, "PreviewRevenue", &app::PreviewRevenue);
  OfferCalculations(methods);
}

}  // namespace continuo::revenue
