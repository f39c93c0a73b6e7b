// What commissions offers: each RPC is the use case of its name.
#pragma once

#include "services/commissions/app/app.h"

namespace continuo::rpc {
class Methods;
}

namespace continuo::commissions {

void Offer(rpc::Methods& methods, const app::App& app);

}  // namespace continuo::commissions
