#include "libs/rpc/methods.h"

#include <google/protobuf/descriptor.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>

#include "libs/rpc/method_rules.h"

namespace continuo::rpc {

namespace {

// "continuo.crm.v1.Lead" -> "continuo.crm.v1.CrmService"
std::string ServiceNameOf(const std::string& type) {
  const std::string package = type.substr(0, type.rfind('.'));
  std::string name = ServiceOf(type);
  if (!name.empty()) name[0] = static_cast<char>(std::toupper(name[0]));
  return package + "." + name + "Service";
}

[[noreturn]] void Refuse(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
}

}  // namespace

std::string Methods::NameOf(const google::protobuf::Descriptor* request,
                            const google::protobuf::Descriptor* answer) {
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      ServiceNameOf(request->full_name()));
  const google::protobuf::MethodDescriptor* found = nullptr;
  for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
    const auto* method = service->method(i);
    if (method->input_type() != request || method->output_type() != answer) continue;
    if (found != nullptr) {
      Refuse(found->full_name() + " and " + method->name() +
             " have the same types: offer them by their names, with On");
    }
    found = method;
  }
  if (found == nullptr) {
    Refuse("no RPC takes " + request->full_name() + " and gives " + answer->full_name());
  }
  return service->full_name() + "/" + found->name();
}

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
    Refuse("no method " + method + "(" + request_type + ") returns (" + answer_type +
           ") in the protos, or it is registered twice");
  }
  entries_.emplace(method, Entry{descriptor, std::move(handler)});
}

}  // namespace continuo::rpc
