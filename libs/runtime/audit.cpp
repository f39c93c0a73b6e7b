#include "libs/runtime/audit.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/struct.pb.h>

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

using google::protobuf::Struct;

void SetCounts(const std::map<std::string, int64_t>& counts, const char* name, Struct* object) {
  if (counts.empty()) return;
  auto& fields = *(*object->mutable_fields())[name].mutable_struct_value()->mutable_fields();
  for (const auto& [what, count] : counts) {
    fields[what].set_number_value(static_cast<double>(count));
  }
}

void SetIds(const std::set<std::string>& ids, const char* name, Struct* object) {
  if (ids.empty()) return;
  auto& list = *(*object->mutable_fields())[name].mutable_list_value();
  for (const std::string& id : ids) list.add_values()->set_string_value(id);
}

std::string TextOf(const Struct& object) {
  std::string text;
  json::WriteMessage(object, &text);
  return text;
}

// {"events": {"contract.created": 1}, "rows": {"insert_contract": 1}, "subjects": ["ctr_..."]}
std::string TextOf(const postgres::Change& change) {
  Struct object;
  SetCounts(change.rows, "rows", &object);
  SetCounts(change.facts, "events", &object);
  SetIds(change.fact_subjects, "subjects", &object);
  if (!change.handled_event.empty()) {
    (*object.mutable_fields())["handled"].set_string_value(change.handled_event);
  }
  return TextOf(object);
}

directory::v1::AuditEntryRecorded EntryOf(const postgres::Change& change,
                                          const std::string& service) {
  // A run that a job says it works on is told before what it made; of an event's effect what it made.
  const bool said = change.handled_event.empty() && !change.subject.empty();
  const bool of_one = change.fact_subjects.size() == 1 && !said;
  directory::v1::AuditEntryRecorded entry;
  entry.set_id(ids::FormatTypeId("aud", ids::NewUuid()));
  entry.set_principal(service);
  entry.set_action(service + "." + change.work);
  entry.set_subject_id(of_one ? *change.fact_subjects.begin() : change.subject);
  entry.set_request_id(change.request_id);
  entry.set_after(TextOf(change));
  return entry;
}

events::AppendOptions OptionsOf(const directory::v1::AuditEntryRecorded& entry,
                                const std::string& service) {
  return {.key = entry.subject_id().empty() ? entry.principal() : entry.subject_id(),
          .topic = service + ".audit",
          .correlation = entry.request_id()};
}

}  // namespace

void RecordOperatorAction(postgres::Transaction& tx, const OperatorAction& done) {
  Struct details;
  for (const auto& [name, value] : done.details) {
    (*details.mutable_fields())[name].set_string_value(value);
  }
  directory::v1::AuditEntryRecorded entry;
  entry.set_id(ids::FormatTypeId("aud", ids::NewUuid()));
  entry.set_principal(done.principal);
  entry.set_action(tx.service() + "." + done.action);
  entry.set_subject_id(done.subject_id);
  entry.set_request_id(tx.call().request_id);
  entry.set_after(TextOf(details));
  events::Append(tx, entry, OptionsOf(entry, tx.service()));
}

postgres::WorkHook WorkAuditHook() {
  return [](postgres::Transaction& tx, const std::vector<postgres::Change>& changes) {
    std::vector<directory::v1::AuditEntryRecorded> entries;
    for (const postgres::Change& change : changes) entries.push_back(EntryOf(change, tx.service()));
    std::vector<events::NewEvent> recorded;
    for (size_t i = 0; i < entries.size(); ++i) {
      recorded.push_back({&entries[i], OptionsOf(entries[i], tx.service())});
      recorded.back().options.causation = changes[i].handled_event;
    }
    events::AppendAll(tx, recorded);
  };
}

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
    events::Append(tx, entry, OptionsOf(entry, tx.service()));
  };
}

}  // namespace continuo::runtime
