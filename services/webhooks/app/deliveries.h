// What became of each event for each endpoint, and sending one again.
#pragma once

#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::webhooks::v1 {
class GetWebhookDeliveryRequest;
class ListWebhookDeliveriesRequest;
class ListWebhookDeliveriesResponse;
class ResendWebhookDeliveryRequest;
class WebhookDelivery;
}  // namespace continuo::webhooks::v1

namespace continuo::webhooks::app {

struct App;

Result<v1::WebhookDelivery> GetWebhookDelivery(const App& app, const rpc::Call& call,
                                               const v1::GetWebhookDeliveryRequest& request);
Result<v1::ListWebhookDeliveriesResponse> ListWebhookDeliveries(
    const App& app, const rpc::Call& call, const v1::ListWebhookDeliveriesRequest& request);
Result<v1::WebhookDelivery> ResendWebhookDelivery(const App& app, const rpc::Call& call,
                                                  const v1::ResendWebhookDeliveryRequest& request);

}  // namespace continuo::webhooks::app
