// What billing offers: each RPC is the use case of its name.
#pragma once

#include "services/billing/app/app.h"

namespace continuo::rpc {
class Methods;
}

namespace continuo::billing {

void Offer(rpc::Methods& methods, const app::App& app);

}  // namespace continuo::billing
