// The operations that a service offers: one use case for each RPC, all that rpc/ has to write.
//
//   methods.Serve(database, app::CreateLead, app::GetLead, app::ListLeads);
//
// where a use case is Result<Lead> CreateLead(Database&, const rpc::Call&, const CreateLeadRequest&).
// Its types say which RPC it is: the one of the request's service that takes and gives them.
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
#include <type_traits>
#include <utility>

#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace google::protobuf {
class Descriptor;
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

  // Each use case takes what it works with, the call and the request. What can be copied (an App of
  // references) is, anything else must outlive the methods: its type must be complete here. Types that
  // are no RPC's, or two RPCs', are our own bug and abort.
  template <class Context, class... UseCases>
  void Serve(Context& context, UseCases... use_cases) {
    (ServeOne(context, use_cases), ...);
  }

  // For a use case of another shape. `method` is "package.Service/Method"; a name without a
  // descriptor is our own bug and aborts.
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
  template <class Given, class Context, class Request, class Answer>
  void ServeOne(Given& given, Result<Answer> (*use_case)(Context&, const Call&, const Request&)) {
    using Kept = std::conditional_t<std::is_copy_constructible_v<std::remove_const_t<Context>>,
                                    Context, Context&>;
    struct Bound {
      Kept context;
      Result<Answer> (*use_case)(Context&, const Call&, const Request&);
    };
    On<Request, Answer>(NameOf(Request::descriptor(), Answer::descriptor()),
                        [bound = Bound{given, use_case}](const Call& call, const Request& request) {
                          return bound.use_case(const_cast<Context&>(bound.context), call, request);
                        });
  }
  static std::string NameOf(const google::protobuf::Descriptor* request,
                            const google::protobuf::Descriptor* answer);
  void Add(const std::string& method, const std::string& request_type,
           const std::string& answer_type, Handler handler);

  std::map<std::string, Entry> entries_;
};

}  // namespace continuo::rpc
