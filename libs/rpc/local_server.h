// A service of the same process, called without a connection.
//
//   server->Take({.token = signer.Sign(principal, "billing"), .call = call, .request = ...}, &answer,
//                [](Result<void> outcome) { ... });
//
// The callee makes no difference between such a call and one that comes by gRPC: it verifies the
// token, checks permission, field rules and idempotency, and runs the handler on its bounded pool.
// What is spared is the transport: framing, its queues and two changes of thread
// (docs/decisions/0015).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace google::protobuf {
class Message;
}

namespace continuo::rpc {

struct LocalCall {
  std::string token;  // says who calls; call.principal is not looked at
  Call call;          // its method: "/continuo.crm.v1.CrmService/CreateLead"
  std::unique_ptr<google::protobuf::Message> request;  // of the method's type
};

class LocalServer {
 public:
  virtual ~LocalServer() = default;
  // `done` is called once: on a thread of the callee's pool, or at once when the call is not taken.
  // `answer`, of the method's type, must stay until then.
  virtual void Take(LocalCall call, google::protobuf::Message* answer,
                    std::function<void(Result<void>)> done) = 0;
};

}  // namespace continuo::rpc
