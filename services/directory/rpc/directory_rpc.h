// Which use case answers which method. No rules here.
#pragma once

namespace continuo::rpc {
class Methods;
}
namespace continuo::directory::app {
struct App;
}

namespace continuo::directory {

// `app` outlives the methods.
void OfferMethods(const app::App& app, rpc::Methods& methods);

}  // namespace continuo::directory
