// The operations that a service offers: one entry for each RPC, all that rpc/ has to write.
//
//   methods.On<CreateLeadRequest, Lead>("continuo.crm.v1.CrmService/CreateLead",
//       [&](const rpc::Call& call, const CreateLeadRequest& request) {
//         return app::CreateLead(database, call, request);
//       });
//
// Before a handler runs, the server has verified the caller's token, checked the method's
// permission, refused what the field options refuse, and computed the request's fingerprint. A
// handler may block: it runs on a bounded pool, never on gRPC's own threads. What it must not do is
// start threads or keep the Call.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace google::protobuf {
class Message;
class MethodDescriptor;
}  // namespace google::protobuf

namespace continuo::rpc {

using Message = google::protobuf::Message;

class Methods {
 public:
  using Handler = std::function<Result<void>(const Call&, const Message& request, Message& answer)>;

  struct Entry {
    const google::protobuf::MethodDescriptor* descriptor;
    Handler handler;
  };

  // `method` is "package.Service/Method"; a name without a descriptor is our own bug and aborts.
  template <class Request, class Answer, class Function>
  void On(const std::string& method, Function handle) {
    Add(method, Request::descriptor()->full_name(), Answer::descriptor()->full_name(),
        [handle = std::move(handle)](const Call& call, const Message& request,
                                     Message& answer) -> Result<void> {
          Result<Answer> result = handle(call, static_cast<const Request&>(request));
          if (!result) return tl::unexpected(std::move(result).error());
          static_cast<Answer&>(answer) = std::move(*result);
          return {};
        });
  }

  const std::map<std::string, Entry>& entries() const { return entries_; }

 private:
  void Add(const std::string& method, const std::string& request_type,
           const std::string& answer_type, Handler handler);

  std::map<std::string, Entry> entries_;
};

}  // namespace continuo::rpc
