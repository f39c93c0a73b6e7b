#include "services/webhooks/rpc/webhooks_rpc.h"

#include "continuo/webhooks/v1/event.pb.h"
#include "continuo/webhooks/v1/webhook_delivery.pb.h"
#include "continuo/webhooks/v1/webhook_endpoint.pb.h"
#include "libs/rpc/methods.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/deliveries.h"
#include "services/webhooks/app/endpoints.h"
#include "services/webhooks/app/feed.h"

namespace continuo::webhooks {

void OfferMethods(const app::App& app, rpc::Methods& methods) {
  const auto offer = [&]<class Request, class Answer>(
                         const std::string& method,
                         Result<Answer> (*run)(const app::App&, const rpc::Call&, const Request&)) {
    methods.On<Request, Answer>(
        "continuo.webhooks.v1.WebhooksService/" + method,
        [&app, run](const rpc::Call& call, const Request& request) {
          return run(app, call, request);
        });
  };
  offer("CreateWebhookEndpoint", app::CreateWebhookEndpoint);
  offer("GetWebhookEndpoint", app::GetWebhookEndpoint);
  offer("ListWebhookEndpoints", app::ListWebhookEndpoints);
  offer("UpdateWebhookEndpoint", app::UpdateWebhookEndpoint);
  offer("DisableWebhookEndpoint", app::DisableWebhookEndpoint);
  offer("EnableWebhookEndpoint", app::EnableWebhookEndpoint);
  offer("RotateWebhookSecret", app::RotateWebhookSecret);
  offer("TestWebhookEndpoint", app::TestWebhookEndpoint);
  offer("RecoverWebhookEndpoint", app::RecoverWebhookEndpoint);
  offer("GetWebhookDelivery", app::GetWebhookDelivery);
  offer("ListWebhookDeliveries", app::ListWebhookDeliveries);
  offer("ResendWebhookDelivery", app::ResendWebhookDelivery);
  offer("GetEvent", app::GetEvent);
  offer("ListEvents", app::ListEvents);
}

}  // namespace continuo::webhooks
