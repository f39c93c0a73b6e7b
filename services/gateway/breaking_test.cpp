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
#include "google/api/annotations.pb.h"
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
    const std::string name = service + "." + method.name();
    if (!same) broken_.push_back(name + " takes or gives another message");
    Call(method.options(), found->options(), name);
  }

  // What a REST client has written down: verb and path, and what it must hold and send.
  void Call(const google::protobuf::MethodOptions& before,
            const google::protobuf::MethodOptions& now, const std::string& name) {
    if (before.GetExtension(google::api::http).SerializeAsString() !=
        now.GetExtension(google::api::http).SerializeAsString()) {
      broken_.push_back(name + " is at another path");
    }
    const auto& rule = before.GetExtension(type::v1::method);
    const auto& rule_now = now.GetExtension(type::v1::method);
    if (rule.permission() != rule_now.permission()) {
      broken_.push_back(name + " asks for another permission");
    }
    if (rule_now.if_match() == type::v1::IF_MATCH_REQUIRED && rule.if_match() != rule_now.if_match()) {
      broken_.push_back(name + " demands If-Match");
    }
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

  // Who sent the message without a field may go on so.
  void Required(const DescriptorProto& message, const google::protobuf::Descriptor& now) {
    for (int i = 0; i < now.field_count(); ++i) {
      const FieldDescriptor& field = *now.field(i);
      if (!field.options().GetExtension(type::v1::field).required()) continue;
      const auto before =
          std::find_if(message.field().begin(), message.field().end(), [&](const auto& one) {
            return one.number() == field.number() &&
                   one.options().GetExtension(type::v1::field).required();
          });
      if (before == message.field().end()) broken_.push_back(field.full_name() + " must be sent");
    }
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
    Required(message, *now);
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
      if (found == nullptr || found->name() != value.name()) {
        Gone(name + "." + value.name());
      } else if (found->options().GetExtension(type::v1::error).status() !=
                 value.options().GetExtension(type::v1::error).status()) {
        broken_.push_back(name + "." + value.name() + " is another status");
      }
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

google::protobuf::FileDescriptorProto& FileOf(FileDescriptorSet& set, const std::string& name) {
  for (auto& one : *set.mutable_file()) {
    if (one.name() == name) return one;
  }
  throw std::logic_error("there is no " + name);
}

TEST_CASE("a call is where it was, and asks for no more") {
  FileDescriptorSet released = Released();
  auto& service = *FileOf(released, "continuo/billing/v1/billing_service.proto").mutable_service(0);
  for (auto& method : *service.mutable_method()) {
    if (method.name() != "CreatePayment") continue;
    auto& options = *method.mutable_options();
    options.MutableExtension(google::api::http)->set_post("/v1/receipts");
    options.MutableExtension(type::v1::method)->set_permission("payments.receive");
  }
  FieldOf(MessageOf(released, "continuo/billing/v1/payment.proto", "Payment"), "account_id")
      .mutable_options()
      ->MutableExtension(type::v1::field)
      ->set_required(false);
  auto& errors = *FileOf(released, "continuo/billing/v1/errors.proto").mutable_enum_type(0);
  errors.mutable_value(1)->mutable_options()->MutableExtension(type::v1::error)->set_status(418);
  const auto broken = BrokenOf(released);
  for (const auto& each : broken) UNSCOPED_INFO(each);
  const std::string name = "continuo.billing.v1.BillingService.CreatePayment";
  REQUIRE(broken.size() == 4);
  for (const std::string& one : {name + " is at another path", name + " asks for another permission",
                                 std::string("continuo.billing.v1.Payment.account_id must be sent"),
                                 "continuo.billing.v1.BillingError." + errors.value(1).name() +
                                     " is another status"}) {
    CAPTURE(one);
    CHECK(std::count(broken.begin(), broken.end(), one) == 1);
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
