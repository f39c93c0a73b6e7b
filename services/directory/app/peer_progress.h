// Asking every service how far it is.
#pragma once

#include <string>

#include "libs/result/result.h"
#include "services/directory/domain/progress.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::runtime::v1 {
class Progress;
}

namespace continuo::directory::app {

struct App;

inline constexpr char kGetProgress[] = "continuo.runtime.v1.RuntimeService/GetProgress";

domain::ServiceProgress ReadProgress(const runtime::v1::Progress& progress);

// Every service of the deployment; one that cannot be reached is among them with answers = false.
domain::Pass AskAll(const App& app, const rpc::Call& call);

}  // namespace continuo::directory::app
