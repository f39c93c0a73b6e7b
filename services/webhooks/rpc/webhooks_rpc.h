// The operations that webhooks offers.
#pragma once

namespace continuo::rpc {
class Methods;
}
namespace continuo::webhooks::app {
struct App;
}

namespace continuo::webhooks {

// `app` must outlive the methods.
void OfferMethods(const app::App& app, rpc::Methods& methods);

}  // namespace continuo::webhooks
