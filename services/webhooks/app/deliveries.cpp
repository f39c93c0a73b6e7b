#include "services/webhooks/app/deliveries.h"

#include "continuo/webhooks/v1/webhook_delivery.pb.h"
#include "libs/events/signals.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/resource.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

// A delivery that is sent again and again keeps all attempts; these are shown.
constexpr int kAttemptsShown = 100;

constexpr postgres::Resource kDelivery{sql::select_webhook_delivery, sql::lock_webhook_delivery};

Result<v1::WebhookDelivery> Load(Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(auto delivery, postgres::Load<v1::WebhookDelivery>(tx, kDelivery, id));
  postgres::FillAll(tx.Run(sql::list_attempts, IdOrNull("wd", id), kAttemptsShown),
                    delivery.mutable_attempts());
  return delivery;
}

}  // namespace

Result<v1::WebhookDelivery> GetWebhookDelivery(const App& app, const rpc::Call& call,
                                               const v1::GetWebhookDeliveryRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListWebhookDeliveriesResponse> ListWebhookDeliveries(
    const App& app, const rpc::Call& call, const v1::ListWebhookDeliveriesRequest& request) {
  return postgres::ListOf<v1::ListWebhookDeliveriesResponse>(app.database, call, kDelivery, request);
}

Result<v1::WebhookDelivery> ResendWebhookDelivery(const App& app, const rpc::Call& call,
                                                  const v1::ResendWebhookDeliveryRequest& request) {
  return app.database.Command<v1::WebhookDelivery>(
      call, [&](Transaction& tx) -> Result<v1::WebhookDelivery> {
        const postgres::Rows locked =
            tx.Run(sql::lock_webhook_delivery, IdOrNull("wd", request.id()));
        if (locked.empty()) return NotFound("webhook delivery", request.id());
        ASSIGN_OR_RETURN(const auto before, Load(tx, request.id()));
        tx.AuditBefore(before);
        const postgres::Row endpoint =
            tx.Run(sql::select_webhook_endpoint, locked.front().Uuid("endpoint_id")).front();
        if (endpoint.Text("status") == "disabled") {
          return FailedPrecondition("WEBHOOK_ENDPOINT_DISABLED",
                                    "The endpoint of this delivery is disabled. Enable it first.",
                                    {{"id", before.endpoint_id()}});
        }
        tx.Run(sql::reschedule_delivery, IdOrNull("wd", request.id()));
        tx.OnCommit([] { events::Raise(kDeliverySignal); });
        return Load(tx, request.id());
      });
}

}  // namespace continuo::webhooks::app
