// What revenue offers: each RPC is the use case of its name.
#pragma once

#include "services/revenue/app/app.h"

namespace continuo::rpc {
class Methods;
}

namespace continuo::revenue {

void Offer(rpc::Methods& methods, const app::App& app);

}  // namespace continuo::revenue
