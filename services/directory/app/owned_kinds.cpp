#include "services/directory/app/owned_kinds.h"

#include <google/protobuf/descriptor.h>

#include <map>

#include "continuo/type/v1/options.pb.h"
#include "libs/rpc/proto_files.h"

namespace continuo::directory::app {
namespace {

using Kinds = std::map<std::string, OwnedKind, std::less<>>;

// GetQuote(GetQuoteRequest{id}) returns (Quote), where Quote is a resource.
void AddGetters(const google::protobuf::ServiceDescriptor& service, Kinds* kinds) {
  for (int i = 0; i < service.method_count(); ++i) {
    const auto& method = *service.method(i);
    const auto& resource = method.output_type()->options().GetExtension(type::v1::resource);
    const bool reads_one = method.name() == "Get" + method.output_type()->name() &&
                           method.input_type()->FindFieldByName("id") != nullptr;
    if (!reads_one || resource.id().empty()) continue;
    kinds->emplace(resource.id(),
                   OwnedKind{resource.plural(), service.full_name() + "/" + method.name()});
  }
}

Kinds ReadKinds() {
  Kinds kinds;
  for (const auto* file : rpc::LinkedProtoFiles()) {
    for (int i = 0; i < file->service_count(); ++i) AddGetters(*file->service(i), &kinds);
  }
  return kinds;
}

}  // namespace

const OwnedKind* FindOwnedKind(std::string_view prefix) {
  static const Kinds kinds = ReadKinds();
  const auto found = kinds.find(prefix);
  return found == kinds.end() ? nullptr : &found->second;
}

}  // namespace continuo::directory::app
