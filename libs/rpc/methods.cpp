#include "libs/rpc/methods.h"

#include <google/protobuf/descriptor.h>

#include <cstdio>
#include <cstdlib>

namespace continuo::rpc {

void Methods::Add(const std::string& method, const std::string& request_type,
                  const std::string& answer_type, Handler handler) {
  const auto slash = method.find('/');
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      method.substr(0, slash));
  const auto* descriptor =
      service == nullptr ? nullptr : service->FindMethodByName(method.substr(slash + 1));
  const bool matches = descriptor != nullptr &&
                       descriptor->input_type()->full_name() == request_type &&
                       descriptor->output_type()->full_name() == answer_type;
  if (!matches || entries_.contains(method)) {
    std::fprintf(stderr, "no method %s(%s) returns (%s) in the protos, or it is registered twice\n",
                 method.c_str(), request_type.c_str(), answer_type.c_str());
    std::abort();
  }
  entries_.emplace(method, Entry{descriptor, std::move(handler)});
}

}  // namespace continuo::rpc
