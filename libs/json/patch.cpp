#include "libs/json/patch.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <stdexcept>

#include "continuo/type/v1/options.pb.h"
#include "libs/json/write.h"

namespace continuo::json {
namespace {

namespace pb = google::protobuf;

constexpr size_t kTextMax = 500;
constexpr int kNestingMax = 8;

const type::v1::FieldRule& RuleOf(const pb::FieldDescriptor& field) {
  return field.options().GetExtension(type::v1::field);
}

bool IsPrivate(const pb::FieldDescriptor& field, int nesting = 0) {
  const type::v1::FieldRule& rule = RuleOf(field);
  if (rule.personal() || rule.secret() || rule.shown_once()) return true;
  const pb::Descriptor* type = field.message_type();
  if (type == nullptr || nesting == kNestingMax) return false;
  for (int i = 0; i < type->field_count(); ++i) {
    if (IsPrivate(*type->field(i), nesting + 1)) return true;
  }
  return false;
}

// The field's value alone, as JSON.
std::string FieldText(const pb::Message& message, const pb::FieldDescriptor& field) {
  Selection only;
  only.parts[field.name()] = {};
  std::string object;
  WriteMessage(message, &object, {.selection = &only});
  const size_t start = field.name().size() + 4;  // {"name":
  return object.substr(start, object.size() - start - 1);
}

}  // namespace

Result<void> ApplyPatch(std::span<const std::string> named, const pb::Message& from,
                        pb::Message* to) {
  const pb::Descriptor& type = *from.GetDescriptor();
  std::vector<const pb::FieldDescriptor*> fields;
  std::vector<Violation> violations;
  for (const std::string& name : named) {
    const pb::FieldDescriptor* field = type.FindFieldByName(name);
    if (field == nullptr) {
      violations.push_back({"/" + name, "UNKNOWN_FIELD", "There is no such field. Remove it."});
      continue;
    }
    if (RuleOf(*field).output_only()) continue;
    if (!RuleOf(*field).immutable()) {
      fields.push_back(field);
    } else if (FieldText(from, *field) != FieldText(*to, *field)) {
      violations.push_back({"/" + name, "IMMUTABLE",
                            "It cannot be changed after creation. Leave it out of the request."});
    }
  }
  if (!violations.empty()) return Invalid(std::move(violations));
  const std::unique_ptr<pb::Message> values(from.New());
  values->CopyFrom(from);
  to->GetReflection()->SwapFields(values.get(), to, fields);
  return {};
}

std::string FieldText(const pb::Message& message, std::string_view field) {
  const auto* found = message.GetDescriptor()->FindFieldByName(std::string(field));
  if (found == nullptr) {
    throw std::logic_error(message.GetTypeName() + " has no field " + std::string(field));
  }
  return FieldText(message, *found);
}

std::vector<ChangedField> ChangedFields(const pb::Message& before, const pb::Message& after) {
  std::vector<ChangedField> changes;
  const pb::Descriptor& type = *before.GetDescriptor();
  const auto shortened = [](std::string text) {
    return text.size() > kTextMax ? std::string("\"[long]\"") : text;
  };
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    if (RuleOf(field).output_only() || IsPrivate(field)) continue;
    std::string from = FieldText(before, field);
    std::string to = FieldText(after, field);
    if (from == to) continue;
    changes.push_back({field.name(), shortened(std::move(from)), shortened(std::move(to))});
  }
  return changes;
}

}  // namespace continuo::json
