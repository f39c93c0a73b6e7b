#include "libs/postgres/shown_once.h"

#include <google/protobuf/message.h>

#include <vector>

#include "continuo/type/v1/options.pb.h"

namespace continuo::postgres {
namespace {

namespace pb = google::protobuf;

bool ShownOnce(const pb::FieldDescriptor& field) {
  return field.options().GetExtension(type::v1::field).shown_once();
}

void ClearShownOnce(pb::Message* message) {
  const pb::Reflection& reflection = *message->GetReflection();
  std::vector<const pb::FieldDescriptor*> fields;
  reflection.ListFields(*message, &fields);
  for (const pb::FieldDescriptor* field : fields) {
    if (ShownOnce(*field)) {
      reflection.ClearField(message, field);
    } else if (field->cpp_type() != pb::FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    } else if (!field->is_repeated()) {
      ClearShownOnce(reflection.MutableMessage(message, field));
    } else {
      for (int i = 0; i < reflection.FieldSize(*message, field); ++i) {
        ClearShownOnce(reflection.MutableRepeatedMessage(message, field, i));
      }
    }
  }
}

// Whether a message of this type can hold such a field, at any depth.
bool CanHoldShownOnce(const pb::Descriptor& type, std::vector<const pb::Descriptor*>* seen) {
  for (const pb::Descriptor* other : *seen) {
    if (other == &type) return false;
  }
  seen->push_back(&type);
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    if (ShownOnce(field)) return true;
    if (field.message_type() != nullptr && CanHoldShownOnce(*field.message_type(), seen))
      return true;
  }
  return false;
}

}  // namespace

std::string AnswerToStore(const pb::Message& answer) {
  thread_local std::map<const pb::Descriptor*, bool> known;
  const auto [entry, is_new] = known.try_emplace(answer.GetDescriptor(), false);
  if (is_new) {
    std::vector<const pb::Descriptor*> seen;
    entry->second = CanHoldShownOnce(*answer.GetDescriptor(), &seen);
  }
  if (!entry->second) return answer.SerializeAsString();
  const std::unique_ptr<pb::Message> copy(answer.New());
  copy->CopyFrom(answer);
  ClearShownOnce(copy.get());
  return copy->SerializeAsString();
}

}  // namespace continuo::postgres
