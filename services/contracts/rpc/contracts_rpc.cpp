#include "services/contracts/rpc/contracts_rpc.h"

#include "continuo/contracts/v1/contract.pb.h"
#include "continuo/contracts/v1/purchase_order.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/rpc/methods.h"
#include "services/contracts/app/cancel_schedule.h"
#include "services/contracts/app/confirm_purchase_order.h"
#include "services/contracts/app/initialise_schedule.h"
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
  // A use case that needs nothing but the database.
  const auto offer = [&]<class Request, class Answer>(
                         const std::string& method,
                         Result<Answer> (*run)(postgres::Database&, const Call&, const Request&)) {
    methods.On<Request, Answer>(service + method, [&database, run](const Call& call,
                                                                   const Request& request) {
      return run(database, call, request);
    });
  };
  offer("GetContract", app::GetContract);
  offer("ListContracts", app::ListContracts);
  offer("ListAmendments", app::ListAmendments);
  offer("GetScheduleReport", app::GetScheduleReport);
  offer("GetScheduleReportPage", app::GetScheduleReportPage);
  offer("ListEntitlements", app::ListEntitlements);
  offer("GetSchedule", app::GetSchedule);
  offer("ListSchedules", app::ListSchedules);
  offer("ListScheduleLines", app::ListScheduleLines);
  offer("UninitialiseSchedule", app::UninitialiseSchedule);
  offer("CancelSchedule", app::CancelSchedule);
  offer("GetReleaseList", app::GetReleaseList);
  offer("GetReleaseBatch", app::GetReleaseBatch);
  offer("ListReleaseBatches", app::ListReleaseBatches);
  offer("GetPurchaseOrder", app::GetPurchaseOrder);
  offer("ListPurchaseOrders", app::ListPurchaseOrders);
  offer("GetCashFlowForecast", app::GetCashFlowForecast);
  OfferCalculations(methods);
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
