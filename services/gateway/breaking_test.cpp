// The API and the events only grow: against the descriptor set of the last release, nothing may be gone or
// have become something else. After a deliberate change before a release:
//   cp build/gen/continuo.binpb docs/api/continuo.binpb
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "continuo/type/v1/options.pb.h"
#include "libs/testing/catch/catch.h"

namespace continuo::gateway {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorSet;

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

  static bool SameType(const FieldDescriptorProto& field, const FieldDescriptor& now) {
    const bool repeated = field.label() == FieldDescriptorProto::LABEL_REPEATED;
    if (static_cast<int>(now.type()) != static_cast<int>(field.type()) ||
        now.is_repeated() != repeated) {
      return false;
    }
    std::string named;
    if (now.message_type() != nullptr) named = "." + now.message_type()->full_name();
    if (now.enum_type() != nullptr) named = "." + now.enum_type()->full_name();
    return named == field.type_name();
  }

  // What is stored in logs and read by integrators: the type's name, whose id its subject is, and that
  // it is told at all.
  void Event(const DescriptorProto& message, const google::protobuf::Descriptor& now) {
    const auto& before = message.options().GetExtension(type::v1::event);
    if (before.type().empty()) return;
    const auto& after = now.options().GetExtension(type::v1::event);
    if (after.type() != before.type()) return Gone("event " + before.type());
    if (after.subject() != before.subject()) {
      broken_.push_back("event " + before.type() + " is about something else");
    }
    if (after.internal() && !before.internal()) Gone("public event " + before.type());
  }

  void Message(const DescriptorProto& message, const std::string& scope) {
    const std::string name = scope + "." + message.name();
    const auto* now = pool_.FindMessageTypeByName(name);
    if (now == nullptr) return Gone(name);
    for (const auto& field : message.field()) {
      const auto* found = now->FindFieldByNumber(field.number());
      if (found == nullptr || found->name() != field.name()) {
        Gone(name + "." + field.name() + " = " + std::to_string(field.number()));
      } else if (!SameType(field, *found)) {
        broken_.push_back(name + "." + field.name() + " has another type");
      }
    }
    Event(message, *now);
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

FileDescriptorSet Released() {
  std::ifstream file("docs/api/continuo.binpb", std::ios::binary);
  REQUIRE(file);
  FileDescriptorSet released;
  REQUIRE(released.ParseFromIstream(&file));
  REQUIRE(released.file_size() > 20);
  return released;
}

std::vector<std::string> BrokenOf(const FileDescriptorSet& released) {
  Comparison comparison;
  for (const auto& one : released.file()) {
    if (one.name().rfind("continuo/", 0) == 0) comparison.File(one);
  }
  return comparison.broken();
}

TEST_CASE("nothing of the last release's protos is gone or has changed its meaning") {
  const auto broken = BrokenOf(Released());
  for (const auto& each : broken) UNSCOPED_INFO(each);
  CHECK(broken.empty());
}

DescriptorProto& MessageOf(FileDescriptorSet& set, const std::string& file,
                           const std::string& name) {
  for (auto& one : *set.mutable_file()) {
    if (one.name() != file) continue;
    for (auto& message : *one.mutable_message_type()) {
      if (message.name() == name) return message;
    }
  }
  throw std::logic_error("there is no " + name + " in " + file);
}

FieldDescriptorProto& FieldOf(DescriptorProto& message, const std::string& name) {
  for (auto& field : *message.mutable_field()) {
    if (field.name() == name) return field;
  }
  throw std::logic_error(message.name() + " has no " + name);
}

// Each row makes the release differ from today in one respect, as if today had changed it.
TEST_CASE("what an event said it says on, under the same names") {
  struct Row {
    std::string broken;
    std::function<void(DescriptorProto&)> release;
  };
  const std::vector<Row> rows{
      {"continuo.billing.v1.InvoiceIssued.discount = 900 is gone",
       [](DescriptorProto& event) {
         auto* field = event.add_field();
         field->set_name("discount");
         field->set_number(900);
         field->set_type(FieldDescriptorProto::TYPE_STRING);
       }},
      {"continuo.billing.v1.InvoiceIssued.customer_id = 3 is gone",
       [](DescriptorProto& event) {
         auto& field = FieldOf(event, "account_id");
         field.set_name("customer_id");
         field.set_number(3);
       }},
      {"continuo.billing.v1.InvoiceIssued.account_id has another type",
       [](DescriptorProto& event) {
         FieldOf(event, "account_id").set_type(FieldDescriptorProto::TYPE_INT64);
       }},
      {"continuo.billing.v1.InvoiceIssued.account_id has another type",
       [](DescriptorProto& event) {
         FieldOf(event, "account_id").set_label(FieldDescriptorProto::LABEL_REPEATED);
       }},
      {"continuo.billing.v1.InvoiceIssued.total has another type",
       [](DescriptorProto& event) {
         FieldOf(event, "total").set_type_name(".continuo.type.v1.ControlTotals");
       }},
      {"event invoice.posted is gone",
       [](DescriptorProto& event) {
         event.mutable_options()->MutableExtension(type::v1::event)->set_type("invoice.posted");
       }},
      {"event invoice.issued is about something else",
       [](DescriptorProto& event) {
         event.mutable_options()->MutableExtension(type::v1::event)->set_subject("acc");
       }},
      {"continuo.billing.v1.InvoiceSent is gone",
       [](DescriptorProto& event) { event.set_name("InvoiceSent"); }},
  };
  for (const Row& row : rows) {
    FileDescriptorSet released = Released();
    row.release(MessageOf(released, "continuo/billing/v1/events.proto", "InvoiceIssued"));
    const auto broken = BrokenOf(released);
    CAPTURE(row.broken);
    for (const auto& each : broken) UNSCOPED_INFO(each);
    CHECK(std::count(broken.begin(), broken.end(), row.broken) == 1);
  }
}

TEST_CASE("an event that integrators read stays public") {
  FileDescriptorSet released = Released();
  auto& entry = MessageOf(released, "continuo/directory/v1/events.proto", "AuditEntryRecorded");
  entry.mutable_options()->MutableExtension(type::v1::event)->set_internal(false);
  const auto broken = BrokenOf(released);
  REQUIRE(broken.size() == 1);
  CHECK(broken[0] == "public event audit_entry.recorded is gone");
}

}  // namespace
}  // namespace continuo::gateway
