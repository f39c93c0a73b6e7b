// Endpoints: registered, changed, disabled, enabled, tested, given new secrets, and told again what
// they have missed.
//
// An endpoint hears of every account, so only those who see all can have to do with one; for others
// there is none. And it hears no more than the caller may read: each type that it listens to is
// checked against the caller's permissions at each change, so that nobody can point somebody else's
// endpoint at themselves.
#pragma once

#include <string>

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::webhooks::v1 {
class CreateWebhookEndpointRequest;
class DisableWebhookEndpointRequest;
class EnableWebhookEndpointRequest;
class GetWebhookEndpointRequest;
class ListWebhookEndpointsRequest;
class ListWebhookEndpointsResponse;
class RecoverWebhookEndpointRequest;
class RotateWebhookSecretRequest;
class TestWebhookEndpointRequest;
class UpdateWebhookEndpointRequest;
class WebhookEndpoint;
class WebhookTest;
}  // namespace continuo::webhooks::v1

namespace continuo::webhooks::app {

struct App;

Result<v1::WebhookEndpoint> CreateWebhookEndpoint(const App& app, const rpc::Call& call,
                                                  const v1::CreateWebhookEndpointRequest& request);
Result<v1::WebhookEndpoint> GetWebhookEndpoint(const App& app, const rpc::Call& call,
                                               const v1::GetWebhookEndpointRequest& request);
Result<v1::ListWebhookEndpointsResponse> ListWebhookEndpoints(
    const App& app, const rpc::Call& call, const v1::ListWebhookEndpointsRequest& request);
Result<v1::WebhookEndpoint> UpdateWebhookEndpoint(const App& app, const rpc::Call& call,
                                                  const v1::UpdateWebhookEndpointRequest& request);
Result<v1::WebhookEndpoint> DisableWebhookEndpoint(
    const App& app, const rpc::Call& call, const v1::DisableWebhookEndpointRequest& request);
Result<v1::WebhookEndpoint> EnableWebhookEndpoint(const App& app, const rpc::Call& call,
                                                  const v1::EnableWebhookEndpointRequest& request);
Result<v1::WebhookEndpoint> RotateWebhookSecret(const App& app, const rpc::Call& call,
                                                const v1::RotateWebhookSecretRequest& request);
Result<v1::WebhookTest> TestWebhookEndpoint(const App& app, const rpc::Call& call,
                                            const v1::TestWebhookEndpointRequest& request);
Result<v1::WebhookEndpoint> RecoverWebhookEndpoint(
    const App& app, const rpc::Call& call, const v1::RecoverWebhookEndpointRequest& request);

// Within a transaction, for the sender too; nothing happens where it is disabled already. `reason`
// as in v1::DisabledReason: "gone".
void Disable(postgres::Transaction& tx, const std::string& endpoint_id, const std::string& reason);

}  // namespace continuo::webhooks::app
