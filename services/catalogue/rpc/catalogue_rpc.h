// Which use case answers which RPC.
#pragma once

#include "services/catalogue/app/app.h"

namespace continuo::rpc {
class Methods;
}

namespace continuo::catalogue {

void OfferMethods(rpc::Methods& methods, const app::App& with);

}  // namespace continuo::catalogue
