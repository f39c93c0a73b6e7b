#include "libs/rpc/patch.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/field_mask_util.h>
#include <google/protobuf/util/message_differencer.h>

#include "continuo/type/v1/options.pb.h"
#include "libs/rpc/call.h"

namespace continuo::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A copy of `current` whose one field is the patch's.
std::unique_ptr<Message> WithField(const Message& current, const Message& patch,
                                   const FieldDescriptor& field) {
  std::unique_ptr<Message> changed(current.New());
  changed->CopyFrom(current);
  changed->GetReflection()->ClearField(changed.get(), &field);
  std::unique_ptr<Message> only(patch.New());
  only->CopyFrom(patch);
  google::protobuf::FieldMask mask;
  mask.add_paths(field.name());
  google::protobuf::util::FieldMaskUtil::TrimMessage(mask, only.get());
  changed->MergeFrom(*only);
  return changed;
}

}  // namespace

Result<void> CheckRevision(const Call& call, std::int64_t revision) {
  if (!call.if_match || *call.if_match == "*") return {};
  const std::string current = std::to_string(revision);
  if (*call.if_match == current) return {};
  return Aborted("ETAG_MISMATCH",
                 "The resource is at revision " + current + ", If-Match names " + *call.if_match +
                     ". Read it again and repeat with its new ETag.",
                 {{"revision", current}, {"if_match", *call.if_match}});
}

Result<void> ApplyPatch(const google::protobuf::RepeatedPtrField<std::string>& mask,
                        const Message& patch, Message* current) {
  std::vector<Violation> violations;
  for (const std::string& name : mask) {
    const FieldDescriptor* field = patch.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) {
      violations.push_back({"/" + name, "UNKNOWN_FIELD", "There is no such field. Remove it."});
      continue;
    }
    const auto& rule = field->options().GetExtension(type::v1::field);
    if (rule.output_only()) continue;
    const auto changed = WithField(*current, patch, *field);
    if (rule.immutable() &&
        !google::protobuf::util::MessageDifferencer::Equals(*changed, *current)) {
      violations.push_back(
          {"/" + name, "IMMUTABLE", "It cannot be changed after creation. Leave it out."});
      continue;
    }
    current->CopyFrom(*changed);
  }
  if (!violations.empty()) return Invalid(std::move(violations));
  return {};
}

}  // namespace continuo::rpc
