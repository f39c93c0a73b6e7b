// The API only grows: against the descriptor set of the last release, nothing may be gone or have
// become something else. After a deliberate change before a release:
//   cp build/gen/continuo.binpb docs/api/continuo.binpb
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <string>
#include <vector>

#include "libs/testing/catch/catch.h"

namespace continuo::gateway {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;

class Comparison {
 public:
  void File(const google::protobuf::FileDescriptorProto& file) {
    for (const auto& message : file.message_type()) Message(message, file.package());
    for (const auto& type : file.enum_type()) Enum(type, file.package());
    for (const auto& service : file.service()) {
      const std::string name = file.package() + "." + service.name();
      const auto* now = pool_.FindServiceByName(name);
      if (now == nullptr) {
        Gone(name);
        continue;
      }
      for (const auto& method : service.method()) Method(method, name, *now);
    }
  }
  const std::vector<std::string>& broken() const { return broken_; }

 private:
  void Gone(const std::string& what) { broken_.push_back(what + " is gone"); }

  void Method(const google::protobuf::MethodDescriptorProto& method, const std::string& service,
              const google::protobuf::ServiceDescriptor& now) {
    const auto* found = now.FindMethodByName(method.name());
    if (found == nullptr) return Gone(service + "." + method.name());
    const bool same = "." + found->input_type()->full_name() == method.input_type() &&
                      "." + found->output_type()->full_name() == method.output_type();
    if (!same) broken_.push_back(service + "." + method.name() + " takes or gives another message");
  }

  void Message(const DescriptorProto& message, const std::string& scope) {
    const std::string name = scope + "." + message.name();
    const auto* now = pool_.FindMessageTypeByName(name);
    if (now == nullptr) return Gone(name);
    for (const auto& field : message.field()) {
      const auto* found = now->FindFieldByNumber(field.number());
      if (found == nullptr || found->name() != field.name()) {
        Gone(name + "." + field.name() + " = " + std::to_string(field.number()));
      } else if (static_cast<int>(found->type()) != static_cast<int>(field.type()) ||
                 found->is_repeated() !=
                     (field.label() == google::protobuf::FieldDescriptorProto::LABEL_REPEATED)) {
        broken_.push_back(name + "." + field.name() + " has another type");
      }
    }
    for (const auto& nested : message.nested_type()) Message(nested, name);
    for (const auto& type : message.enum_type()) Enum(type, name);
  }

  void Enum(const EnumDescriptorProto& type, const std::string& scope) {
    const std::string name = scope + "." + type.name();
    const auto* now = pool_.FindEnumTypeByName(name);
    if (now == nullptr) return Gone(name);
    for (const auto& value : type.value()) {
      const auto* found = now->FindValueByNumber(value.number());
      if (found == nullptr || found->name() != value.name()) Gone(name + "." + value.name());
    }
  }

  const DescriptorPool& pool_ = *DescriptorPool::generated_pool();
  std::vector<std::string> broken_;
};

TEST_CASE("nothing of the last release's protos is gone or has changed its meaning") {
  std::ifstream file("docs/api/continuo.binpb", std::ios::binary);
  REQUIRE(file);
  google::protobuf::FileDescriptorSet released;
  REQUIRE(released.ParseFromIstream(&file));
  REQUIRE(released.file_size() > 20);
  Comparison comparison;
  for (const auto& one : released.file()) {
    if (one.name().rfind("continuo/", 0) == 0) comparison.File(one);
  }
  for (const auto& broken : comparison.broken()) UNSCOPED_INFO(broken);
  CHECK(comparison.broken().empty());
}

}  // namespace
}  // namespace continuo::gateway
