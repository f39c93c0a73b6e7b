#include "services/quoting/app/app.h"

namespace continuo::quoting::app {

rpc::Call AsQuoting(const rpc::Call& call) {
  rpc::Call asking = rpc::Call::AsService("quoting", call.request_id);
  asking.causation = call.causation;
  asking.traceparent = call.traceparent;
  asking.deadline = call.deadline;
  return asking;
}

}  // namespace continuo::quoting::app
