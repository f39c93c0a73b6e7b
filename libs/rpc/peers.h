// Asking another service.
//
//   ASSIGN_OR_RETURN(auto version, peers.Ask<ProductVersion>(call,
//       "continuo.catalogue.v1.CatalogueService/GetProductVersion", request));
//
// The callee sees the same user, request id and trace as the caller's call, under a token signed
// for it alone; the call's deadline holds. A peer that is down answers UNAVAILABLE: command paths
// give that to their caller, consumers and jobs pause and try again. Never ask inside an open
// transaction.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace google::protobuf {
class Message;
}

namespace continuo::rpc {

class Peers {
 public:
  virtual ~Peers() = default;

  template <class Answer, class Request>
  Result<Answer> Ask(const Call& call, const std::string& method, const Request& request) {
    Answer answer;
    RETURN_IF_FAULT(AskMessage(call, method, request, answer));
    return answer;
  }

  // For methods that every service offers (continuo.runtime.v1.RuntimeService): which one is asked
  // cannot be seen from the method's name.
  template <class Answer, class Request>
  Result<Answer> AskAt(const std::string& service, const Call& call, const std::string& method,
                       const Request& request) {
    Answer answer;
    RETURN_IF_FAULT(AskMessageAt(service, call, method, request, answer));
    return answer;
  }

  // The service is the one that owns the method's package: continuo.<service>.v1.
  Result<void> AskMessage(const Call& call, const std::string& method,
                          const google::protobuf::Message& request,
                          google::protobuf::Message& answer);

  virtual Result<void> AskMessageAt(const std::string& service, const Call& call,
                                    const std::string& method,
                                    const google::protobuf::Message& request,
                                    google::protobuf::Message& answer) = 0;

  // Every service of this deployment, in the order of their names.
  virtual std::vector<std::string> services() const = 0;
};

}  // namespace continuo::rpc
