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
  methods.Serve(app, app::CreateWebhookEndpoint, app::GetWebhookEndpoint, app::ListWebhookEndpoints,
                app::UpdateWebhookEndpoint, app::DisableWebhookEndpoint, app::EnableWebhookEndpoint,
                app::RotateWebhookSecret, app::TestWebhookEndpoint, app::RecoverWebhookEndpoint,
                app::GetWebhookDelivery, app::ListWebhookDeliveries, app::ResendWebhookDelivery,
                app::GetEvent, app::ListEvents);
}

}  // namespace continuo::webhooks
