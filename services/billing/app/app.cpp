#include "services/billing/app/app.h"

namespace continuo::billing::app {

rpc::Call OnOwnBehalf(const rpc::Call& call) {
  rpc::Call own = rpc::Call::AsService("billing", call.request_id);
  own.causation = call.causation;
  own.traceparent = call.traceparent;
  own.deadline = call.deadline;
  return own;
}

}  // namespace continuo::billing::app
