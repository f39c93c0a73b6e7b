// Which use case answers which method. No rules here.
#pragma once

namespace continuo::rpc {
class Methods;
}
namespace continuo::directory::app {
struct App;
}

namespace continuo::directory::rpc {

// `app` outlives the methods.
void Offer(const app::App& app, continuo::rpc::Methods& methods);

}  // namespace continuo::directory::rpc
