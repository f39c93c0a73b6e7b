#include "services/contracts/rpc/contracts_rpc.h"

#include "continuo/contracts/v1/contract.pb.h"
#include "continuo/contracts/v1/preview.pb.h"
#include "continuo/contracts/v1/purchase_order.pb.h"
#include "continuo/contracts/v1/running_contract.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/methods.h"
#include "services/contracts/app/cancel_schedule.h"
#include "services/contracts/app/confirm_purchase_order.h"
#include "services/contracts/app/describe_contract.h"
#include "services/contracts/app/initialise_schedule.h"
#include "services/contracts/app/preview_contract.h"
#include "services/contracts/app/read_contracts.h"
#include "services/contracts/app/read_purchase_orders.h"
#include "services/contracts/app/read_releases.h"
#include "services/contracts/app/read_schedules.h"
#include "services/contracts/app/report.h"
#include "services/contracts/app/uninitialise_schedule.h"
#include "services/contracts/service.h"

namespace continuo::contracts {

using rpc::Call;
using namespace v1;  // NOLINT: every request and answer below is one

void OfferMethods(rpc::Methods& methods, postgres::Database& database, rpc::Peers& peers) {
  const std::string service = "continuo.contracts.v1.ContractsService/";
  methods.Serve(database, app::GetContract, app::ListContracts, app::ListAmendments,
                app::GetScheduleReport, app::GetScheduleReportPage, app::ListEntitlements,
                app::GetSchedule, app::ListSchedules, app::ListScheduleLines,
                app::UninitialiseSchedule, app::CancelSchedule, app::GetReleaseList,
                app::GetReleaseBatch, app::ListReleaseBatches, app::GetPurchaseOrder,
                app::ListPurchaseOrders, app::GetCashFlowForecast, app::PreviewContract,
                app::DescribeContract);
  OfferCalculations(methods);
  // These ask other services too.
  methods.On<InitialiseScheduleRequest, Schedule>(
      service + "InitialiseSchedule",
      [&database, &peers](const Call& call, const InitialiseScheduleRequest& request) {
        return app::InitialiseSchedule(database, peers, call, request);
      });
  methods.On<ConfirmPurchaseOrderRequest, PurchaseOrder>(
      service + "ConfirmPurchaseOrder",
      [&database, &peers](const Call& call, const ConfirmPurchaseOrderRequest& request) {
        return app::ConfirmPurchaseOrder(database, peers, call, request);
      });
}

}  // namespace continuo::contracts
