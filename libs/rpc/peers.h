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

  virtual Result<void> AskMessage(const Call& call, const std::string& method,
                                  const google::protobuf::Message& request,
                                  google::protobuf::Message& answer) = 0;
};

}  // namespace continuo::rpc
