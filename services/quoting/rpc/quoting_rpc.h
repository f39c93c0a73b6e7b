// Which use case serves which operation.
#pragma once

#include "services/quoting/app/app.h"

namespace continuo::rpc {
class Methods;
}

namespace continuo::quoting {

void Serve(const app::App& with, rpc::Methods& methods);

}  // namespace continuo::quoting
