#include "libs/runtime/audit.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>

#include "continuo/directory/v1/events.pb.h"
#include "continuo/type/v1/options.pb.h"
#include "libs/events/append.h"
#include "libs/ids/type_id.h"
#include "libs/ids/uuid.h"
#include "libs/json/write.h"
#include "libs/postgres/transaction.h"
#include "libs/rpc/method_rules.h"

namespace continuo::runtime {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Both states must fit into one event of 16 KiB.
constexpr size_t kStateBytesMax = 6 * 1024;

bool IsPrivate(const FieldDescriptor& field) {
  const auto& rule = field.options().GetExtension(type::v1::field);
  return rule.personal() || rule.secret() || rule.shown_once();
}

void ClearPrivate(Message* message) {
  const auto* reflection = message->GetReflection();
  const auto* descriptor = message->GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (IsPrivate(*field)) {
      reflection->ClearField(message, field);
      continue;
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_map()) continue;
    if (field->is_repeated()) {
      for (int j = 0; j < reflection->FieldSize(*message, field); ++j) {
        ClearPrivate(reflection->MutableRepeatedMessage(message, field, j));
      }
    } else if (reflection->HasField(*message, field)) {
      ClearPrivate(reflection->MutableMessage(message, field));
    }
  }
}

// The lines of a long document are kept by their owner's revisions; the entry keeps its header.
void ClearRepeated(Message* message) {
  const auto* descriptor = message->GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    if (descriptor->field(i)->is_repeated()) {
      message->GetReflection()->ClearField(message, descriptor->field(i));
    }
  }
}

std::string StateText(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  ClearPrivate(copy.get());
  std::string text;
  json::WriteMessage(*copy, &text);
  if (text.size() <= kStateBytesMax) return text;
  ClearRepeated(copy.get());
  text.clear();
  json::WriteMessage(*copy, &text);
  return text.size() <= kStateBytesMax ? text : std::string();
}

std::string TextField(const Message& message, const char* name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
    return {};
  }
  return message.GetReflection()->GetString(message, field);
}

// "/continuo.crm.v1.CrmService/CreateLead" -> "crm.CreateLead"
std::string ActionOf(const std::string& method) {
  const auto slash = method.rfind('/');
  return rpc::ServiceOf(method.substr(method.find_first_not_of('/'))) + "." +
         method.substr(slash + 1);
}

}  // namespace

postgres::CommandHook AuditHook() {
  return [](postgres::Transaction& tx, const Message* before, const Message& after) {
    const rpc::Call& call = tx.call();
    directory::v1::AuditEntryRecorded entry;
    entry.set_id(ids::FormatTypeId("aud", ids::NewUuid()));
    entry.set_principal(call.principal.user_id.empty() ? call.principal.service
                                                       : call.principal.user_id);
    entry.set_api_key_id(call.principal.key_id);
    entry.set_action(ActionOf(call.method));
    entry.set_subject_id(TextField(after, "id"));
    entry.set_request_id(call.request_id);
    if (before != nullptr) entry.set_before(StateText(*before));
    entry.set_after(StateText(after));
    events::Append(tx, entry,
                   {.key = entry.subject_id().empty() ? entry.principal() : entry.subject_id(),
                    .topic = tx.service() + ".audit"});
  };
}

}  // namespace continuo::runtime
