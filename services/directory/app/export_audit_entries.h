// The audit trail as JSON lines, in pieces.
#pragma once

#include "libs/result/result.h"

namespace google::api {
class HttpBody;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class ExportAuditEntriesRequest;
}

namespace continuo::directory::app {

struct App;

Result<google::api::HttpBody> ExportAuditEntries(const App& app, const rpc::Call& call,
                                                 const v1::ExportAuditEntriesRequest& request);

}  // namespace continuo::directory::app
